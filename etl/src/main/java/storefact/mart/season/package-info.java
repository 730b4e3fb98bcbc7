/** Marts about what comes back every week and year, and what a lower price did. */
package storefact.mart.season;
