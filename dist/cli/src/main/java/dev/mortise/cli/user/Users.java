package dev.mortise.cli.user;

import dev.mortise.cli.ExitCode;
import dev.mortise.cli.output.Table;
import dev.mortise.cli.problem.CliException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/** How people are found and shown. */
final class Users {
    static final String PATH = "/api/v1/kernel/users";

    private Users() {}

    static List<String> lines(JsonNode answer) {
        Table table = new Table("ID", "E-MAIL", "NAME", "STATE", "ROLES", "2FA", "LAST SIGN-IN");
        for (JsonNode user : answer.path("items")) {
            List<String> roles = new ArrayList<>();
            user.path("roles").forEach(role -> roles.add(role.asString("")));
            table.row(
                    user.path("id").asString(""),
                    user.path("email").asString(""),
                    user.path("displayName").asString(""),
                    user.path("state").asString("").toLowerCase(Locale.ROOT),
                    roles.isEmpty() ? "-" : String.join(",", roles),
                    user.path("secondFactor").asBoolean(false) ? "on" : "off",
                    user.path("lastSignInAt").asString("-"));
        }
        return table.lines();
    }

    /** Returns the id of the person with this address or id. */
    static String idOf(JsonNode answer, String who) {
        for (JsonNode user : answer.path("items")) {
            String id = user.path("id").asString("");
            if (id.equals(who) || user.path("email").asString("").equalsIgnoreCase(who)) {
                return id;
            }
        }
        throw new CliException(
                ExitCode.USAGE,
                "cli.user-unknown",
                "Nobody here has the address or id \"" + who + "\"",
                "See who is there: mortise user list");
    }
}
