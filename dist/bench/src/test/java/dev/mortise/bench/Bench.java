package dev.mortise.bench;

import dev.mortise.kernel.log.Logging;
import java.io.PrintStream;
import java.util.List;

/** Runs the measurements that the arguments name, or all. */
public final class Bench {
    private Bench() {}

    /** Prints one line a figure: what, the figure, what was promised. */
    public static void main(String[] arguments) throws Exception {
        Logging.toStandardError(false, "WARN");
        PrintStream out = System.out;
        List<String> which = List.of(arguments);
        boolean all = which.isEmpty() || which.contains("all");
        if (all || which.contains("plugins")) {
            new PluginBench(out).run();
        }
        if (all || which.contains("http")) {
            new HttpBench(out).run();
        }
        if (all || which.contains("start")) {
            new StartBench(out).run();
        }
        if (all || which.contains("work")) {
            new WorkBench(out).run();
        }
        System.exit(0);
    }
}
