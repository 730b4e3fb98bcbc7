/**
 * Marts: tables for readers, computed from the warehouse by one select each.
 *
 * <p>A mart is one class ({@link storefact.mart.Mart}); {@link storefact.mart.Marts#ALL} lists
 * them. {@link storefact.mart.MartBuild} brings them up to date, {@link storefact.mart.CheckRun}
 * runs their tests.
 */
package storefact.mart;
