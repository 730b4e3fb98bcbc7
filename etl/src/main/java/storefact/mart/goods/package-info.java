/** Marts about goods: what they bring in, how evenly they sell, what takes their place. */
package storefact.mart.goods;
