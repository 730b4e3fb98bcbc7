/**
 * Pages to look at: the chain's overview as one HTML file that opens without a network.
 *
 * <p>{@link storefact.report.OverviewQuery} reads the figures, {@link
 * storefact.report.OverviewPage} writes the page, {@link storefact.report.ChartLibrary} brings what
 * draws its charts.
 */
package storefact.report;
