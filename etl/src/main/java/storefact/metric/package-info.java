/**
 * Figures by name: a metric is defined once and asked by dimensions, by people, dashboards, mails
 * and the docs site alike.
 *
 * <p>{@link storefact.metric.Metrics} is the catalogue, {@link storefact.metric.MetricQuery} makes
 * the select that answers a question.
 */
package storefact.metric;
