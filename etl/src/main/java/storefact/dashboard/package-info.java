/**
 * Dashboards as files: {@link storefact.dashboard.Dashboards} reads what {@code dashboards/assets}
 * says, checks every name against marts and metrics, and {@link storefact.dashboard.Bundle} makes
 * Superset's assets of it, in both languages. {@link storefact.dashboard.Edits} goes the other way:
 * what was edited in the browser comes back into the files.
 */
package storefact.dashboard;
