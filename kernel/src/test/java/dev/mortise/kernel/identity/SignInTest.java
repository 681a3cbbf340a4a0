package dev.mortise.kernel.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mortise.api.error.MortiseException;
import dev.mortise.kernel.error.KernelError;
import dev.mortise.kernel.identity.password.PasswordHashing;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What checking a password costs, and that the cost tells nothing. */
@Tag("T2")
@Timeout(60)
class SignInTest {
    private static final PasswordHashing.Parameters CHEAP = new PasswordHashing.Parameters(64, 1);
    private static final PasswordHashing.Parameters DEARER = new PasswordHashing.Parameters(128, 2);

    private final IdentityFixture fixture = new IdentityFixture();
    private final IdentityTables tables = new IdentityTables(fixture.database.kernel());
    private final PasswordHashing hashing = new PasswordHashing(CHEAP, 2, Duration.ofSeconds(5));

    @AfterEach
    void close() {
        fixture.close();
    }

    private SignIn signIn(PasswordHashing by) {
        CredentialMemory memory = new CredentialMemory();
        Trail trail = new Trail(fixture.audit.audit());
        Roles roles = new Roles(tables, Set::of, memory, trail);
        SecondFactors factors = new SecondFactors(
                tables,
                new Users(tables, roles, memory, trail),
                fixture.keys().sealer(),
                InstantSource.system(),
                memory,
                trail);
        return new SignIn(tables, by, factors, new SignInBackOff(tables), trail);
    }

    private void person(String email, String state) {
        fixture.alice.run(() -> tables.write(UserMapper.class, users -> {
            var id = users.insert(email, "Somebody", List.of()).orElseThrow();
            users.activate(id, null, hashing.hash(Company.PASSWORD));
            users.update(id, "Somebody", User.State.valueOf(state), List.of());
            return id;
        }));
    }

    private static SignIn.Credentials credentials(String tenant, String email, @Nullable String password) {
        return new SignIn.Credentials(tenant, email, password, null);
    }

    @Test
    void everyRefusalCostsOneHashWhoeverItIs() {
        person("there@example.org", "ACTIVE");
        person("gone@example.org", "DISABLED");
        PasswordHashing counted = new PasswordHashing(CHEAP, 2, Duration.ofSeconds(5));
        SignIn signIn = signIn(counted);
        var attempts = List.of(
                credentials("alice", "there@example.org", "wrong password"),
                credentials("alice", "gone@example.org", "wrong password"),
                credentials("alice", "nobody@example.org", "wrong password"),
                credentials("alice", "no address at all", "wrong password"),
                credentials("alice", "there@example.org", null),
                credentials("alice", "nobody@example.org", "x".repeat(100_000)),
                credentials("no such tenant", "there@example.org", Company.PASSWORD),
                credentials("bob", "there@example.org", Company.PASSWORD));
        for (int i = 0; i < attempts.size(); i++) {
            SignIn.Credentials attempt = attempts.get(i);
            String source = "192.0.2." + i;

            assertThatThrownBy(() -> signIn.check(attempt, source))
                    .isInstanceOfSatisfying(
                            MortiseException.class,
                            e -> assertThat(e.errorCode()).isEqualTo(KernelError.CREDENTIALS_REFUSED));

            assertThat(counted.computed()).as("attempt %s", i).isEqualTo(i + 1L);
        }
    }

    @Test
    void aPasswordIsHashedAnewWhenHashesGetDearer() {
        person("ann@example.org", "ACTIVE");
        PasswordHashing raised = new PasswordHashing(DEARER, 2, Duration.ofSeconds(5));

        signIn(raised).check(credentials("alice", "ann@example.org", Company.PASSWORD), IdentityFixture.HERE);

        String hash = fixture.ask("SELECT password_hash FROM mortise.user_account");
        assertThat(hash).startsWith("$argon2id$v=19$m=128,t=2,p=1$");
        signIn(raised).check(credentials("alice", "ann@example.org", Company.PASSWORD), IdentityFixture.HERE);
        assertThat(fixture.ask("SELECT password_hash FROM mortise.user_account"))
                .isEqualTo(hash);
    }

    @Test
    void passwordsAreCheckedAFewAtATimeAndTheOthersAreToldToComeAgain() throws Exception {
        PasswordHashing narrow = new PasswordHashing(PasswordHashing.Parameters.standard(), 1, Duration.ofMillis(1));
        AtomicInteger busy = new AtomicInteger();
        AtomicInteger done = new AtomicInteger();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 20; i++) {
                threads.execute(() -> {
                    try {
                        narrow.matches("some password", null);
                        done.incrementAndGet();
                    } catch (MortiseException e) {
                        assertThat(e.errorCode()).isEqualTo(KernelError.SIGN_IN_BUSY);
                        busy.incrementAndGet();
                    }
                });
            }
        }
        assertThat(done.get()).isPositive();
        assertThat(busy.get()).isPositive();
        assertThat(done.get() + busy.get()).isEqualTo(20);
        assertThat(narrow.computed()).isEqualTo(done.get());
    }

    @Test
    void theUsualCostIsWhatOwaspRecommends() {
        PasswordHashing standard = new PasswordHashing(PasswordHashing.Parameters.standard(), 1, Duration.ofSeconds(5));

        String hash = standard.hash(Company.PASSWORD);

        assertThat(hash).startsWith("$argon2id$v=19$m=19456,t=2,p=1$");
        assertThat(standard.matches(Company.PASSWORD, hash)).isTrue();
        assertThat(standard.matches(Company.PASSWORD + " ", hash)).isFalse();
        assertThat(standard.isOutdated(hash)).isFalse();
    }
}
