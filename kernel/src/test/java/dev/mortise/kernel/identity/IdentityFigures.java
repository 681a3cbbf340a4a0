package dev.mortise.kernel.identity;

import dev.mortise.api.call.TenantId;
import dev.mortise.kernel.data.FolderTree;
import dev.mortise.kernel.identity.password.PasswordHashing;
import dev.mortise.kernel.postgres.EmbeddedPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/**
 * The figures of identity in kernel/README.md: {@code ./mvnw -pl kernel -am test -Dtest=IdentityFigures
 * -Dsurefire.failIfNoSpecifiedTests=false} writes {@code kernel/target/identity-figures.txt}. On a PostgreSQL that
 * syncs to the disk. Not a test: it asserts nothing, and its name keeps it out of the usual run.
 */
class IdentityFigures {
    private static final int WARM = 300;
    private static final int ROUNDS = 1_000;
    private static final String HERE = "192.0.2.1";
    private static final String EMAIL = "ann@example.org";

    private final List<String> lines = new ArrayList<>();

    @Test
    void figures() throws Exception {
        Path folder = Files.createTempDirectory("mortise-figures-");
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(folder);
                IdentityFixture fixture = new IdentityFixture(postgres.address())) {
            measure(fixture);
        } finally {
            FolderTree.delete(folder);
        }
        Files.write(Path.of("target/identity-figures.txt"), lines);
    }

    private void measure(IdentityFixture fixture) {
        TenantId tenant = fixture.alice.tenant();
        IdentityTables tables = new IdentityTables(fixture.database.kernel());
        CredentialMemory memory = new CredentialMemory();
        Trail trail = new Trail(fixture.audit.audit());
        Roles roles = new Roles(tables, () -> Set.of("web.things.read", "web.things.write"), memory, trail);
        ApiKeys keys = new ApiKeys(tables, roles, memory, trail);
        Sessions sessions = new Sessions(tables, roles, memory, IdentityOptions.standard());
        AccessTokens access = new AccessTokens(fixture.signingKeys(), InstantSource.system(), Duration.ofMinutes(15));
        Tokens tokens = new Tokens(tables, roles, access, memory, trail, Duration.ofDays(1));
        PasswordHashing hashing = new PasswordHashing(new PasswordHashing.Parameters(64, 1), 2, Duration.ofSeconds(5));
        SecondFactors factors = new SecondFactors(
                tables,
                new Users(tables, roles, memory, trail),
                fixture.keys().sealer(),
                InstantSource.system(),
                memory,
                trail);
        SignIn signIn = new SignIn(tables, hashing, factors, new SignInBackOff(tables), trail);
        UUID user = fixture.alice.call(() -> tables.write(UserMapper.class, users -> {
            UUID id = users.insert(EMAIL, "Ann", List.of("viewer")).orElseThrow();
            users.activate(id, null, hashing.hash(Company.PASSWORD));
            return id;
        }));

        String key = keys.issue(tenant, "ci", Set.of("web.*")).key();
        String session = sessions.open(tenant, user, false, HERE, "a browser").token();
        String token = tokens.grantFor(tenant, user, false).accessToken();
        both("API key", memory, () -> keys.verify(key, HERE));
        both("access token (JWT)", memory, () -> tokens.verify(token, HERE));
        both("session cookie", memory, () -> sessions.verify(session, HERE));

        PasswordHashing usual = new PasswordHashing(PasswordHashing.Parameters.standard(), 1, Duration.ofSeconds(5));
        SignIn.Credentials credentials = new SignIn.Credentials("alice", EMAIL, Company.PASSWORD, null);
        String cheap = hashing.hash(Company.PASSWORD);
        perCall("the 64 KiB hash in the next line alone", ROUNDS, () -> hashing.matches(Company.PASSWORD, cheap));
        perCall("sign-in with a 64 KiB hash, session opened, on record", ROUNDS, () -> {
            SignIn.Proven proven = signIn.check(credentials, HERE);
            sessions.open(proven.tenant(), proven.id(), proven.secondFactor(), HERE, "a browser");
        });
        String dear = usual.hash(Company.PASSWORD);
        perCall("a password's hash as in earnest, 19 MiB", 30, () -> usual.matches(Company.PASSWORD, dear));
    }

    private void both(String what, CredentialMemory memory, Runnable work) {
        perCall(what + ", known within 5 s", ROUNDS, work);
        perCall(what + ", from the database", ROUNDS, () -> {
            memory.forgetKnown();
            work.run();
        });
    }

    private void perCall(String what, int rounds, Runnable work) {
        for (int i = 0; i < Math.min(WARM, rounds); i++) {
            work.run();
        }
        long[] nanos = new long[rounds];
        for (int i = 0; i < rounds; i++) {
            long begin = System.nanoTime();
            work.run();
            nanos[i] = System.nanoTime() - begin;
        }
        Arrays.sort(nanos);
        lines.add(String.format(
                Locale.ROOT,
                "%s: p50 %.3f ms, p99 %.3f ms",
                what,
                nanos[rounds / 2] / 1e6,
                nanos[rounds * 99 / 100] / 1e6));
    }
}
