package dev.mortise.cli.run;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** The resources of the workflow engine that have to do with runs. */
final class RunPaths {
    static final String RUNS = "/api/v1/automatrix/runs";

    private RunPaths() {}

    static String runsOf(String workflow) {
        return "/api/v1/automatrix/workflows/" + encode(workflow) + "/runs";
    }

    static String run(String id) {
        return RUNS + "/" + encode(id);
    }

    static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
