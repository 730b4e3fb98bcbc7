/** Marts about goods that came back: when, why, and how much of what was sold. */
package storefact.mart.returns;
