/**
 * Who reads the warehouse: {@link storefact.reader.Readers} is the list of a home, {@link
 * storefact.reader.Role} says what a reader is granted, and {@link storefact.reader.ReaderAccess}
 * makes accounts and the tables of regions and customer managers of it. Rows, and what of members
 * is masked, are decided by the readers' views themselves.
 */
package storefact.reader;
