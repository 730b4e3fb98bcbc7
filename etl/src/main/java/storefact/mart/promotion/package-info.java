/** Marts of promotions, displays and mailers. */
package storefact.mart.promotion;
