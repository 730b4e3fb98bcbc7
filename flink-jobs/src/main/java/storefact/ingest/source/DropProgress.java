package storefact.ingest.source;

import java.util.List;

/**
 * The enumerator's state in a checkpoint.
 *
 * @param pending found, not yet handed to a reader
 * @param handedOut handed to a reader and not yet seen in the ledger: the ledger's row is committed
 *     with the checkpoint, so that a file stays here a little longer than it is read
 */
record DropProgress(List<DropFile> pending, List<DropFile> handedOut) {}
