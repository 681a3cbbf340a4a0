package dev.mortise.kernel.identity;

import dev.mortise.api.audit.Audit;
import dev.mortise.api.http.HttpResource;
import dev.mortise.api.identity.Identity;
import dev.mortise.kernel.http.Authentication;
import dev.mortise.kernel.identity.password.PasswordHashing;
import dev.mortise.kernel.identity.password.PasswordRules;
import dev.mortise.kernel.secret.Sealer;
import dev.mortise.kernel.store.SchemaSessions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Puts the room together.
 *
 * @since 0.1
 */
public final class IdentityRoom {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final ApiKeys keys;
    private final Authentication authentication;
    private final Identity forPlugins;
    private final List<HttpResource> resources;

    private IdentityRoom(
            ApiKeys keys, Authentication authentication, Identity forPlugins, List<HttpResource> resources) {
        this.keys = keys;
        this.authentication = authentication;
        this.forPlugins = forPlugins;
        this.resources = List.copyOf(resources);
    }

    /**
     * Opens the room. Reads nothing yet: libraries and keys are loaded when they are first needed.
     *
     * @param declaredPermissions what the kernel and the running plugins declare, at the moment it is asked
     * @param seal seals seeds of second factors and signing keys
     * @param audit where it is put on record who came in, was refused, or got other rights
     */
    public static IdentityRoom open(
            SchemaSessions sessions,
            Supplier<Set<String>> declaredPermissions,
            Sealer seal,
            Audit audit,
            InstantSource clock,
            IdentityOptions options) {
        IdentityTables tables = new IdentityTables(sessions);
        Trail trail = new Trail(audit);
        CredentialMemory memory = new CredentialMemory();
        Roles roles = new Roles(tables, declaredPermissions, memory, trail);
        ApiKeys keys = new ApiKeys(tables, roles, memory, trail);
        ServiceAccounts services = new ServiceAccounts(tables, roles, memory, trail);
        Users users = new Users(tables, roles, memory, trail);
        Sessions browsers = new Sessions(tables, roles, memory, options);
        SigningKeys signing = new SigningKeys(tables, seal);
        AccessTokens access = new AccessTokens(signing, clock, options.accessTokenLife());
        Tokens tokens = new Tokens(tables, roles, access, memory, trail, options.familyLife());
        PasswordHashing hashing = new PasswordHashing(options.hashing(), options.hashesAtOnce(), PATIENCE);
        PasswordRules rules = PasswordRules.standard();
        SecondFactors secondFactors = new SecondFactors(tables, users, seal, clock, memory, trail);
        SignIn signIn = new SignIn(tables, hashing, secondFactors, new SignInBackOff(tables), trail);
        Profiles profiles = new Profiles(tables, signIn, browsers, secondFactors, hashing, rules, memory, trail);
        Invitations invitations = new Invitations(tables, users, roles, hashing, rules, memory, trail);
        return new IdentityRoom(
                keys,
                new Authenticator(keys, tokens, browsers),
                new PluginIdentity(tables, roles),
                List.of(
                        new UserResource(users, secondFactors),
                        new InvitationResource(invitations),
                        new RoleResource(roles),
                        new PermissionResource(roles),
                        new IdentityPolicyResource(roles),
                        new ServiceAccountResource(services),
                        new ApiKeyResource(keys, services),
                        new SessionResource(signIn, browsers, options),
                        new TokenResource(signIn, keys, tokens, signing),
                        new MeResource(profiles, roles, options)));
    }

    /** Returns the API keys of all tenants. */
    public ApiKeys keys() {
        return keys;
    }

    /** Returns what the door asks. */
    public Authentication authentication() {
        return authentication;
    }

    /** Returns the service that plugins get. */
    public Identity forPlugins() {
        return forPlugins;
    }

    /** Returns what is served below {@code /api/v1/kernel}. */
    public List<HttpResource> resources() {
        return resources;
    }
}
