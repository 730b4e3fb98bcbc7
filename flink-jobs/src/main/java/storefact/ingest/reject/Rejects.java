package storefact.ingest.reject;

import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.max;
import static org.jooq.impl.DSL.min;
import static org.jooq.impl.DSL.sum;
import static org.jooq.impl.DSL.when;
import static storefact.warehouse.jooq.ops.Tables.REJECT;
import static storefact.warehouse.jooq.ops.Tables.REJECTED_REPAIR;
import static storefact.warehouse.jooq.star.Tables.STORE;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.jooq.Field;
import org.jooq.impl.DSL;
import storefact.event.Contract;
import storefact.event.EventBatch;
import storefact.event.LineFormat;
import storefact.event.LineParser;
import storefact.event.Rejection;
import storefact.event.Streams;
import storefact.warehouse.Warehouse;

/**
 * The lines that could not be taken: listed, and offered again as a drop file once they are right.
 *
 * <p>Each line is offered once, whatever dies in between:
 *
 * <ol>
 *   <li>The lines are checked by the stream's own parser. Those that are right are written into the
 *       drop folder under a dot name, which no ingest takes.
 *   <li>{@code ops.rejected_repair} gets a row a line with the file's name.
 *   <li>The file gets its name. {@link #finish} does that, too, for files that a process left
 *       between the second step and the third, and removes those that it left before.
 * </ol>
 */
public final class Rejects {

  /** Folder of the repaired lines below the drop folder. */
  public static final String FOLDER = "repaired";

  private static final int PORTION = 10_000;

  private final Warehouse warehouse;
  private final Path drop;

  /**
   * The rejected lines of a warehouse.
   *
   * @param drop the drop folder that its ingest takes files from
   */
  public Rejects(Warehouse warehouse, Path drop) {
    this.warehouse = warehouse;
    this.drop = drop;
  }

  /**
   * Rejected lines that are alike.
   *
   * @param source folder of their files, a store as a rule
   * @param lines how many
   * @param open how many of them were not offered again
   */
  public record Group(
      String stream,
      String reason,
      String source,
      long lines,
      long open,
      Instant first,
      Instant last) {}

  /** The lines by stream, reason and source, the most first. */
  public List<Group> groups(RejectFilter filter) {
    Field<String> source =
        DSL.field(
            "if(position({0}, '/') > 0, splitByChar('/', {0})[1], '')", String.class, REJECT.FILE);
    return warehouse
        .sql()
        .select(
            REJECT.STREAM,
            REJECT.REASON,
            source,
            count(),
            sum(when(REJECT.REPAIRED_AT.isNull(), 1L).otherwise(0L)),
            min(REJECT.REJECTED_AT),
            max(REJECT.REJECTED_AT))
        .from(REJECT)
        .where(filter.condition())
        .groupBy(REJECT.STREAM, REJECT.REASON, source)
        .orderBy(count().desc(), REJECT.STREAM, REJECT.REASON, source)
        .fetch(
            row ->
                new Group(
                    row.value1(),
                    row.value2(),
                    row.value3(),
                    row.value4(),
                    row.value5().longValueExact(),
                    instant(row.value6()),
                    instant(row.value7())));
  }

  /** Lines in the order of their files, at most so many. */
  public List<Reject> find(RejectFilter filter, int most) {
    Field<String> raw = DSL.field("base64Encode({0})", String.class, REJECT.RAW);
    return warehouse
        .sql()
        .select(
            REJECT.ID,
            REJECT.STREAM,
            REJECT.REASON,
            REJECT.DETAIL,
            raw,
            REJECT.FILE,
            REJECT.LINE_NUMBER,
            REJECT.REJECTED_AT,
            REJECT.HOW)
        .from(REJECT)
        .where(filter.condition())
        .orderBy(REJECT.FILE, REJECT.LINE_NUMBER, REJECT.ID)
        .limit(most)
        .fetch(
            row ->
                new Reject(
                    row.value1(),
                    row.value2(),
                    row.value3(),
                    row.value4(),
                    Base64.getDecoder().decode(row.value5()),
                    row.value6(),
                    row.value7(),
                    instant(row.value8()),
                    row.value9().isEmpty()));
  }

  private static Instant instant(LocalDateTime utc) {
    return utc.toInstant(ZoneOffset.UTC);
  }

  /**
   * What became of lines that were offered again.
   *
   * @param taken lines that are right now and stand in drop files
   * @param files those files, below the drop folder
   * @param refused lines that are still wrong, with what is wrong with them
   */
  public record Offer(long taken, List<String> files, Map<Reject, String> refused) {}

  /**
   * Offers lines again as they are: those whose cause has gone, an unknown store for instance.
   *
   * @throws UncheckedIOException if the drop folder cannot be written
   */
  public Offer replay(RejectFilter filter) {
    Map<Reject, String> refused = new LinkedHashMap<>();
    List<String> files = new ArrayList<>();
    long taken = 0;
    // Portion by portion, to hold few lines at once; those that are refused stay open.
    String last = "";
    while (true) {
      List<Reject> portion = after(filter, last);
      if (portion.isEmpty()) {
        return new Offer(taken, files, refused);
      }
      last = portion.getLast().id();
      Map<Reject, byte[]> lines = new LinkedHashMap<>();
      portion.forEach(reject -> lines.put(reject, reject.raw()));
      Offer offer = offer(lines, "replayed");
      taken += offer.taken();
      files.addAll(offer.files());
      offer.refused().forEach(refused::put);
    }
  }

  private List<Reject> after(RejectFilter filter, String id) {
    List<String> ids =
        warehouse
            .sql()
            .select(REJECT.ID)
            .from(REJECT)
            .where(filter.condition())
            .and(REJECT.REPAIRED_AT.isNull())
            .and(REJECT.ID.gt(id))
            .orderBy(REJECT.ID)
            .limit(PORTION)
            .fetch(REJECT.ID);
    if (ids.isEmpty()) {
      return List.of();
    }
    return find(RejectFilter.ofIds(ids, true), PORTION).stream()
        .sorted(Comparator.comparing(Reject::id))
        .toList();
  }

  /**
   * Offers a line that a person has mended.
   *
   * @param line the whole line, of the contract's fields: JSON, or CSV under the file's own header
   * @throws IllegalArgumentException if there is no such line or it was offered already
   */
  public Offer repair(String id, byte[] line) {
    List<Reject> found = find(RejectFilter.ofIds(List.of(id), false), 1);
    if (found.isEmpty()) {
      throw new IllegalArgumentException(
          "no rejected line '" + id + "'; ./storefact rejects show lists them");
    }
    if (!found.getFirst().open()) {
      throw new IllegalArgumentException(
          "rejected line '" + id + "' was offered again already; correct it by a higher version");
    }
    return offer(Map.of(found.getFirst(), line), "repaired");
  }

  private Offer offer(Map<Reject, byte[]> lines, String how) {
    Map<Reject, String> refused = new LinkedHashMap<>();
    Map<Target, Map<Reject, byte[]>> right = new TreeMap<>();
    Set<String> stores =
        new HashSet<>(warehouse.sql().select(STORE.STORE_).from(STORE).fetch(STORE.STORE_));
    Map<String, Optional<byte[]>> headers = new LinkedHashMap<>();
    lines.forEach(
        (reject, line) -> {
          Optional<Contract<?>> contract = Streams.named(reject.stream());
          if (contract.isEmpty() || line.length == 0) {
            refused.put(
                reject, "a fault of the whole file: mend the file and drop it under another name");
            return;
          }
          LineFormat format = line[0] == '{' ? LineFormat.NDJSON : LineFormat.CSV;
          Optional<byte[]> header =
              format == LineFormat.CSV
                  ? headers.computeIfAbsent(reject.file(), this::header)
                  : Optional.of(new byte[0]);
          if (header.isEmpty()) {
            refused.put(
                reject,
                "the header of its file " + reject.file() + " is gone: repair it as JSON instead");
            return;
          }
          Optional<String> fault = fault(contract.get(), format, header.get(), line, stores);
          if (fault.isPresent()) {
            refused.put(reject, fault.get());
          } else {
            Target target =
                new Target(
                    reject.stream(), format, new String(header.get(), StandardCharsets.UTF_8));
            right.computeIfAbsent(target, _ -> new LinkedHashMap<>()).put(reject, line);
          }
        });
    List<String> files = new ArrayList<>();
    long taken = 0;
    for (Map.Entry<Target, Map<Reject, byte[]>> entry : right.entrySet()) {
      files.add(write(entry.getKey(), entry.getValue(), how));
      taken += entry.getValue().size();
    }
    return new Offer(taken, files, refused);
  }

  /** Lines that may stand in one file. */
  private record Target(String stream, LineFormat format, String header)
      implements Comparable<Target> {
    @Override
    public int compareTo(Target other) {
      int byStream = stream.compareTo(other.stream);
      return byStream != 0 ? byStream : header.compareTo(other.header);
    }
  }

  private static Optional<String> fault(
      Contract<?> contract, LineFormat format, byte[] header, byte[] line, Set<String> stores) {
    EventBatch batch = new EventBatch(contract, 1);
    LineParser parser = LineParser.of(contract, format, stores::contains);
    if (header.length > 0) {
      parser.take(batch, header, 0, header.length, 1);
    }
    parser.take(batch, line, 0, line.length, 2);
    if (batch.rejections().isEmpty()) {
      return batch.size() == 1 ? Optional.empty() : Optional.of("the line is blank");
    }
    Rejection rejection = batch.rejections().getFirst();
    return Optional.of(rejection.reason() + ": " + rejection.detail());
  }

  /** First line of a CSV file, empty where the file is no longer there. */
  private Optional<byte[]> header(String file) {
    Path path = drop.resolve(file);
    if (!Files.isRegularFile(path)) {
      return Optional.empty();
    }
    try (InputStream plain = Files.newInputStream(path);
        BufferedReader lines =
            new BufferedReader(
                new InputStreamReader(
                    file.endsWith(".gz") ? new GZIPInputStream(plain) : plain,
                    StandardCharsets.UTF_8))) {
      String header = lines.readLine();
      return Optional.ofNullable(header).map(text -> text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private String write(Target target, Map<Reject, byte[]> lines, String how) {
    try {
      Path folder = Files.createDirectories(drop.resolve(FOLDER));
      String name = target.stream() + "-" + print(lines) + target.format().extension();
      Path unfinished = folder.resolve("." + name);
      try (OutputStream out = Files.newOutputStream(unfinished)) {
        if (!target.header().isEmpty()) {
          out.write(target.header().getBytes(StandardCharsets.UTF_8));
          out.write('\n');
        }
        for (byte[] line : lines.values()) {
          out.write(line);
          out.write('\n');
        }
      }
      record(lines, how, name);
      Files.move(unfinished, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
      return FOLDER + "/" + name;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write into " + drop.resolve(FOLDER), e);
    }
  }

  /** The same lines make the same name. */
  private static String print(Map<Reject, byte[]> lines) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      lines.forEach(
          (reject, line) -> {
            digest.update(reject.id().getBytes(StandardCharsets.US_ASCII));
            digest.update(line);
          });
      return HexFormat.of().formatHex(digest.digest(), 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
  }

  private void record(Map<Reject, byte[]> lines, String how, String name) {
    LocalDateTime now = LocalDateTime.now(ZoneOffset.UTC);
    var insert =
        warehouse
            .sql()
            .insertInto(
                REJECTED_REPAIR,
                REJECTED_REPAIR.ID,
                REJECTED_REPAIR.REPAIRED_AT,
                REJECTED_REPAIR.HOW,
                REJECTED_REPAIR.FILE,
                REJECTED_REPAIR.LINE);
    for (Map.Entry<Reject, byte[]> entry : lines.entrySet()) {
      insert =
          insert.values(
              entry.getKey().id(),
              now,
              how,
              name,
              new String(entry.getValue(), StandardCharsets.UTF_8));
    }
    insert.execute();
  }

  /**
   * Goes on where an earlier process died: names the files that are recorded, removes the others.
   */
  public void finish() {
    Path folder = drop.resolve(FOLDER);
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (Stream<Path> files = Files.list(folder)) {
      for (Path unfinished :
          files.filter(file -> String.valueOf(file.getFileName()).startsWith(".")).toList()) {
        String name = String.valueOf(unfinished.getFileName()).substring(1);
        boolean recorded =
            warehouse
                    .sql()
                    .selectCount()
                    .from(REJECTED_REPAIR)
                    .where(REJECTED_REPAIR.FILE.eq(name))
                    .fetchSingle()
                    .value1()
                > 0;
        if (recorded) {
          Files.move(unfinished, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
        } else {
          Files.delete(unfinished);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read or write " + folder, e);
    }
  }
}
