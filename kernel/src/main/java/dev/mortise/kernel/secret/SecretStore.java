package dev.mortise.kernel.secret;

import dev.mortise.api.audit.Audit;
import dev.mortise.api.audit.AuditEntry;
import dev.mortise.api.call.CallContext;
import dev.mortise.api.error.ApiError;
import dev.mortise.api.error.MortiseException;
import dev.mortise.api.secret.SecretValue;
import dev.mortise.api.store.Transaction;
import dev.mortise.kernel.redact.KnownSecrets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Seals secrets and opens them, within a transaction that somebody else has opened for the bound tenant. */
final class SecretStore {
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,99}");
    private static final Pattern PLUGIN = Pattern.compile("[a-z][a-z0-9-]{0,62}");

    private final KeyRing keys;
    private final Audit audit;
    private final KnownSecrets known;

    SecretStore(KeyRing keys, Audit audit, KnownSecrets known) {
        this.keys = keys;
        this.audit = audit;
        this.known = known;
    }

    List<SecretMapper.NameRow> names(Transaction open, String plugin) {
        return names(open, plugin, "", Integer.MAX_VALUE);
    }

    List<SecretMapper.NameRow> names(Transaction open, String plugin, String after, int limit) {
        return open.mapper(SecretMapper.class).names(checkedPlugin(plugin), after, limit);
    }

    Optional<SecretValue> find(Transaction open, String plugin, String name) {
        return open.mapper(SecretMapper.class)
                .sealed(checkedPlugin(plugin), checkedName(name))
                .map(kept -> opened(HexFormat.of().parseHex(kept), plugin, name));
    }

    private SecretValue opened(byte[] sealed, String plugin, String name) {
        byte[] plain = sealer().open(sealed, place(plugin, name));
        SecretValue value = SecretValue.of(plain);
        Arrays.fill(plain, (byte) 0);
        known.add(value.text());
        return value;
    }

    void put(Transaction open, String plugin, String name, SecretValue value) {
        byte[] plain = value.bytes();
        byte[] sealed = sealer().seal(plain, place(checkedPlugin(plugin), checkedName(name)));
        Arrays.fill(plain, (byte) 0);
        known.add(value.text());
        String by = CallContext.current().principal().id();
        open.mapper(SecretMapper.class).put(plugin, name, sealed, Sealer.keyIdOf(sealed), by);
        announce(open, plugin, name);
        audit.record(AuditEntry.done("kernel.secret.set", target(plugin, name)));
    }

    boolean delete(Transaction open, String plugin, String name) {
        boolean wasThere = open.mapper(SecretMapper.class).delete(checkedPlugin(plugin), checkedName(name)) > 0;
        if (wasThere) {
            announce(open, plugin, name);
            audit.record(AuditEntry.done("kernel.secret.deleted", target(plugin, name)));
        }
        return wasThere;
    }

    private static void announce(Transaction open, String plugin, String name) {
        SecretChange change = new SecretChange(CallContext.current().tenant(), plugin, name);
        open.mapper(SecretMapper.class).announce(change.payload());
    }

    /** Puts at most so many secrets of the bound tenant under its present data key, and returns how many it found. */
    int reseal(Transaction open, int limit) {
        SecretMapper secrets = open.mapper(SecretMapper.class);
        List<SecretMapper.SealedRow> outdated = secrets.outdated(limit);
        for (SecretMapper.SealedRow row : outdated) {
            String place = place(row.plugin(), row.name());
            byte[] plain = sealer().open(HexFormat.of().parseHex(row.sealed()), place);
            byte[] sealed = sealer().seal(plain, place);
            Arrays.fill(plain, (byte) 0);
            secrets.reseal(row, sealed, Sealer.keyIdOf(sealed));
        }
        return outdated.size();
    }

    private Sealer sealer() {
        return keys.sealer(CallContext.current().tenant());
    }

    private static String place(String plugin, String name) {
        return "secret/" + plugin + "/" + name;
    }

    private static String target(String plugin, String name) {
        return "plugin/" + plugin + "/secret/" + name;
    }

    private static String checkedName(String name) {
        if (!NAME.matcher(name).matches()) {
            // Not repeated: somebody may have put the value where the name belongs.
            throw new MortiseException(
                    ApiError.INPUT_INVALID,
                    "The name of the secret is none",
                    "Use 1 to 100 lower-case letters, digits, dots, hyphens and underscores, a letter or digit first");
        }
        return name;
    }

    private static String checkedPlugin(String plugin) {
        if (!PLUGIN.matcher(plugin).matches()) {
            throw new MortiseException(
                    ApiError.INPUT_INVALID, "The plugin's id is none", "`mortise plugin list` shows the ids");
        }
        return plugin;
    }
}
