/**
 * Who reads the warehouse: {@link storefact.reader.Readers} is the list of a home, {@link
 * storefact.reader.Role} says what a reader is granted, and {@link storefact.reader.ReaderAccess}
 * makes accounts and the table of regions of it. Rows are decided by the readers' views themselves.
 */
package storefact.reader;
