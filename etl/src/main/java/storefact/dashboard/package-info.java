/**
 * Dashboards as files: {@link storefact.dashboard.Dashboards} reads what {@code dashboards/assets}
 * says, checks every name against marts and metrics, and {@link storefact.dashboard.Bundle} makes
 * Superset's assets of it, in both languages.
 */
package storefact.dashboard;
