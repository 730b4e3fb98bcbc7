/** Marts about stock and the demand that it is to meet. */
package storefact.mart.stock;
