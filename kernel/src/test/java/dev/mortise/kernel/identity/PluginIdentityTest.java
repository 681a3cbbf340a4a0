package dev.mortise.kernel.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mortise.api.call.CallContext;
import dev.mortise.api.error.ApiError;
import dev.mortise.api.error.MortiseException;
import dev.mortise.api.identity.Identity;
import dev.mortise.api.identity.PersonProfile;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What plugins learn of people. */
@Tag("T2")
@Timeout(60)
class PluginIdentityTest {
    private final IdentityFixture fixture = new IdentityFixture();
    private final IdentityTables tables = new IdentityTables(fixture.database.kernel());
    private final Identity identity = fixture.room.forPlugins();

    @AfterEach
    void close() {
        fixture.close();
    }

    private UUID person(CallContext tenant, String name) {
        return tenant.call(() -> tables.write(
                UserMapper.class,
                users -> users.insert(name + "@example.org", name, List.of("viewer"))
                        .orElseThrow()));
    }

    private CallContext asPerson(UUID id) {
        return new CallContext(fixture.alice.tenant(), Trail.person(id), fixture.alice.traceId());
    }

    @Test
    void thePersonOfTheCallIsKnownAndMachinesAreNobody() {
        UUID ann = person(fixture.alice, "ann");

        assertThat(asPerson(ann).call(identity::currentPerson))
                .contains(new PersonProfile(ann, "ann", List.of("viewer")));
        assertThat(fixture.alice.call(identity::currentPerson)).isEmpty();
    }

    @Test
    void namesAreThoseOfTheTenantAlone() {
        UUID ann = person(fixture.alice, "ann");
        UUID rival = person(fixture.bob, "rival");

        assertThat(fixture.alice.call(() -> identity.displayNames(List.of(ann, rival, new UUID(1, 2)))))
                .isEqualTo(Map.of(ann, "ann"));
        assertThat(fixture.bob.call(() -> identity.displayNames(List.of(ann)))).isEmpty();
    }

    @Test
    void fiveHundredNamesAreToldAtOnceAndNoMore() {
        List<UUID> many = Stream.generate(UUID::randomUUID).limit(501).toList();

        assertThat(fixture.alice.call(() -> identity.displayNames(many.subList(0, 500))))
                .isEmpty();
        assertThatThrownBy(() -> fixture.alice.call(() -> identity.displayNames(many)))
                .isInstanceOfSatisfying(
                        MortiseException.class, e -> assertThat(e.errorCode()).isEqualTo(ApiError.INPUT_TOO_LARGE));
    }

    @Test
    void rolesAreTheBuiltInOnesAndTheTenantsOwn() {
        fixture.alice.run(
                () -> tables.write(RoleMapper.class, roles -> roles.insert("own", "", List.of("web.things.read"))));

        assertThat(fixture.alice.call(identity::roles)).containsExactly("admin", "developer", "viewer", "own");
        assertThat(fixture.bob.call(identity::roles)).containsExactly("admin", "developer", "viewer");
    }
}
