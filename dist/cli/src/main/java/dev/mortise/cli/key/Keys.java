package dev.mortise.cli.key;

import dev.mortise.cli.ExitCode;
import dev.mortise.cli.output.Table;
import dev.mortise.cli.problem.CliException;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** How keys are found and shown. */
final class Keys {
    static final String PATH = "/api/v1/kernel/api-keys";

    private Keys() {}

    static List<String> lines(JsonNode answer, boolean all) {
        Table table = new Table("PREFIX", "NAME", "OWNER", "PERMISSIONS", "EXPIRES", "LAST USED", "STATE");
        for (JsonNode key : answer.path("items")) {
            boolean revoked = !key.path("revokedAt").asString("").isEmpty();
            if (all || !revoked) {
                List<String> permissions = new ArrayList<>();
                key.path("permissions").forEach(one -> permissions.add(one.asString("")));
                table.row(
                        key.path("prefix").asString(""),
                        key.path("name").asString(""),
                        owner(key),
                        String.join(",", permissions),
                        key.path("expiresAt").asString("never"),
                        key.path("lastUsedAt").asString("never"),
                        revoked ? "revoked" : "good");
            }
        }
        return table.lines();
    }

    private static String owner(JsonNode key) {
        String user = key.path("ownerUser").asString("");
        String service = key.path("ownerService").asString("");
        if (!user.isEmpty()) {
            return "user:" + user;
        }
        return service.isEmpty() ? "-" : "service:" + service;
    }

    /** Returns the id of the key with this prefix, with or without {@code mk_}, or id; of the good ones. */
    static String idOf(JsonNode answer, String which) {
        String prefix = which.startsWith("mk_") ? which.substring(3) : which;
        List<String> found = new ArrayList<>();
        for (JsonNode key : answer.path("items")) {
            String id = key.path("id").asString("");
            boolean meant = id.equals(which) || key.path("prefix").asString("").equals(prefix);
            if (meant && key.path("revokedAt").asString("").isEmpty()) {
                found.add(id);
            }
        }
        if (found.size() == 1) {
            return found.getFirst();
        }
        throw new CliException(
                ExitCode.USAGE,
                "cli.key-unknown",
                found.isEmpty() ? "There is no good key with that prefix or id" : "Several keys have that prefix",
                "Give the prefix or the id that this shows: mortise key list --json");
    }

    /** Returns what is told when a key was made or got a new secret. */
    static List<String> issued(JsonNode answer) {
        return List.of("The key is shown this once:", answer.path("key").asString(""));
    }
}
