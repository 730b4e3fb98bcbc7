/**
 * Marts about money: what came in and went out, and what the chain owes to holders of cards and
 * points.
 */
package storefact.mart.money;
