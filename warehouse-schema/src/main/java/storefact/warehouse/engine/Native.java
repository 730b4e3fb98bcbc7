package storefact.warehouse.engine;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The C functions that the host calls: a few of the system's, and two of the engine library's. */
final class Native {
  private static final Linker LINKER = Linker.nativeLinker();
  private static final MethodHandle EXIT = system("_exit", FunctionDescriptor.ofVoid(JAVA_INT));

  private Native() {}

  private static MethodHandle system(String name, FunctionDescriptor type) {
    return LINKER.downcallHandle(LINKER.defaultLookup().findOrThrow(name), type);
  }

  /** Leaves the terminal's session, whose Ctrl-C and hang-up then don't reach this process. */
  static void leaveSession() throws Throwable {
    int _ = (int) system("setsid", FunctionDescriptor.of(JAVA_INT)).invokeExact();
  }

  /** Puts a new pipe in the place of standard input. */
  static Input replaceInput() throws Throwable {
    FunctionDescriptor oneFd = FunctionDescriptor.of(JAVA_INT, JAVA_INT);
    int original = (int) system("dup", oneFd).invokeExact(0);
    int writeEnd;
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment ends = arena.allocate(JAVA_INT, 2);
      int piped = (int) system("pipe", FunctionDescriptor.of(JAVA_INT, ADDRESS)).invokeExact(ends);
      int readEnd = ends.getAtIndex(JAVA_INT, 0);
      writeEnd = ends.getAtIndex(JAVA_INT, 1);
      int placed =
          (int)
              system("dup2", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT))
                  .invokeExact(readEnd, 0);
      if (original < 0 || piped < 0 || placed < 0) {
        throw new IllegalStateException("no file descriptors left: raise ulimit -n");
      }
      int _ = (int) system("close", oneFd).invokeExact(readEnd);
    }
    return new Input(original, writeEnd);
  }

  /**
   * The two ends that matter after {@link #replaceInput}.
   *
   * @param original descriptor of what was standard input
   * @param writeEnd descriptor that feeds the new standard input; closing it is the engine's end of
   *     input
   */
  record Input(int original, int writeEnd) {
    void close() {
      try {
        int _ =
            (int) system("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT)).invokeExact(writeEnd);
      } catch (Throwable e) {
        throw new IllegalStateException("close failed", e);
      }
    }

    /** Returns when whoever holds the other end of the original input has closed it or has died. */
    void awaitOriginalEnd() {
      MethodHandle read =
          system("read", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG));
      try (Arena arena = Arena.ofConfined()) {
        MemorySegment byteRead = arena.allocate(1);
        long count;
        do {
          count = (long) read.invokeExact(original, byteRead, 1L);
        } while (count > 0);
      } catch (Throwable e) {
        throw new IllegalStateException("read failed", e);
      }
    }
  }

  /** Ends the process at once, without running what C or Java would run at exit. */
  static void exitNow(int status) {
    try {
      EXIT.invokeExact(status);
    } catch (Throwable e) {
      throw new IllegalStateException("_exit failed", e);
    }
  }

  /**
   * Runs an action when native code calls exit(). The plain atexit is no symbol of glibc; this is
   * what it stands for.
   */
  static void atExit(Runnable action) throws Throwable {
    MethodHandle run =
        MethodHandles.lookup()
            .findVirtual(Runnable.class, "run", MethodType.methodType(void.class))
            .bindTo(action);
    MemorySegment stub =
        LINKER.upcallStub(
            MethodHandles.dropArguments(run, 0, MemorySegment.class),
            FunctionDescriptor.ofVoid(ADDRESS),
            Arena.global());
    int _ =
        (int)
            system("__cxa_atexit", FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, ADDRESS))
                .invokeExact(stub, MemorySegment.NULL, MemorySegment.NULL);
  }

  /** Runs an action, once, in the thread whose native code calls abort(). */
  static void onAbort(Runnable action) throws Throwable {
    MethodHandle run =
        MethodHandles.lookup()
            .findVirtual(Runnable.class, "run", MethodType.methodType(void.class))
            .bindTo(action);
    MemorySegment stub =
        LINKER.upcallStub(
            MethodHandles.dropArguments(run, 0, int.class),
            FunctionDescriptor.ofVoid(JAVA_INT),
            Arena.global());
    // struct sigaction of 64-bit Linux: handler, 128 bytes of mask, flags, restorer
    int signal = 6;
    int onceAndUnmasked = 0x80000000 | 0x40000000; // SA_RESETHAND | SA_NODEFER
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment how = arena.allocate(8 + 128 + 8 + 8, 8);
      how.set(ADDRESS, 0, stub);
      how.set(JAVA_INT, 8 + 128, onceAndUnmasked);
      int _ =
          (int)
              system("sigaction", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, ADDRESS))
                  .invokeExact(signal, how, MemorySegment.NULL);
    }
  }

  /**
   * Makes ready to start this process's program anew in its place: same command line, same process
   * number. Everything is looked up now, because the moment of need is no time for it.
   */
  static Runnable restart(Input input) throws Throwable {
    MethodHandle dup2 = system("dup2", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT));
    MethodHandle closeRange =
        system("close_range", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT));
    MethodHandle execv = system("execv", FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS));
    int closeOnExec = 4;
    List<String> command =
        Files.readString(Path.of("/proc/self/cmdline"))
            .transform(all -> List.of(all.split("\0", -1)));
    MemorySegment argv = strings(command.subList(0, command.size() - 1));
    MemorySegment program =
        Arena.global().allocateFrom(Path.of("/proc/self/exe").toRealPath().toString());
    return () -> {
      try {
        int _ = (int) dup2.invokeExact(input.original(), 0);
        // Closing here and now would pull the files from under the other threads' hands.
        int _ = (int) closeRange.invokeExact(3, Integer.MAX_VALUE, closeOnExec);
        int _ = (int) execv.invokeExact(program, argv);
      } catch (Throwable e) {
        System.err.println("cannot restart: " + e);
      }
    };
  }

  private static MemorySegment strings(List<String> texts) {
    Arena arena = Arena.global();
    MemorySegment array = arena.allocate(ADDRESS, texts.size() + 1L);
    for (int i = 0; i < texts.size(); i++) {
      array.setAtIndex(ADDRESS, i, arena.allocateFrom(texts.get(i)));
    }
    return array;
  }

  /** Loads the engine library. It must not take over the signals that the JVM handles. */
  static SymbolLookup load(Path library) throws Throwable {
    SymbolLookup symbols = SymbolLookup.libraryLookup(library, Arena.global());
    LINKER
        .downcallHandle(
            symbols.findOrThrow("chdb_set_signal_handlers_enabled"),
            FunctionDescriptor.ofVoid(JAVA_INT))
        .invokeExact(0);
    return symbols;
  }

  /**
   * Runs clickhouse-local with these arguments; in the versions known it exits the process instead
   * of returning.
   */
  static void commandLine(SymbolLookup engine, List<String> arguments) throws Throwable {
    MemorySegment argv = strings(arguments);
    MemorySegment _ =
        (MemorySegment)
            LINKER
                .downcallHandle(
                    engine.findOrThrow("chdb_query_cmdline"),
                    FunctionDescriptor.of(ADDRESS, JAVA_INT, ADDRESS))
                .invokeExact(arguments.size(), argv);
  }
}
