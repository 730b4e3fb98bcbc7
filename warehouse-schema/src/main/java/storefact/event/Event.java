package storefact.event;

/**
 * One thing that happened in the chain, or one row of its master data, as the source knew it. Every
 * stream is one record that implements this; {@link Contract} reads everything else (parser, lake
 * schema, table comments, dictionary) from its components.
 */
public interface Event {}
