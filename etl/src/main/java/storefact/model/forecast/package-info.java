/**
 * Forecasts of daily demand: calendar effects learnt on sums, levels of single series, prediction
 * intervals from the errors of forecasts made earlier, and the back-test that judges them. Arrays
 * in, arrays out; no SQL.
 */
package storefact.model.forecast;
