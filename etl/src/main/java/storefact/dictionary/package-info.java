/**
 * The data dictionary: every table, column and metric with its words, lineage, freshness and
 * quality, and the site that shows it.
 *
 * <p>{@link storefact.dictionary.DictionaryQuery} reads it, {@link
 * storefact.dictionary.DictionaryPage} writes it as one page that opens offline; whatever shows
 * columns to people registers an {@link storefact.dictionary.Exposure}.
 */
package storefact.dictionary;
