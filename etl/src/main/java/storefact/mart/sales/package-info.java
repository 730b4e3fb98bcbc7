/** Marts about what sold, where and when. */
package storefact.mart.sales;
