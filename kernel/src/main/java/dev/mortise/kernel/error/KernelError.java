package dev.mortise.kernel.error;

import dev.mortise.api.error.ErrorCategory;
import dev.mortise.api.error.ErrorCode;

/**
 * What can fail in the kernel.
 *
 * @since 0.1
 */
public enum KernelError implements ErrorCode {
    /** The file is no jar, or is cut off or damaged. */
    PLUGIN_BROKEN("kernel.plugin-broken", ErrorCategory.REFUSED),
    /** The jar lacks the headers of a plugin, or has one that is malformed. */
    PLUGIN_HEADERS("kernel.plugin-headers", ErrorCategory.REFUSED),
    /** The jar lists no extension, so the plugin could never be called. */
    PLUGIN_EMPTY("kernel.plugin-empty", ErrorCategory.REFUSED),
    /** The plugin needs packages that this server does not have, or has in another version. */
    PLUGIN_UNRESOLVED("kernel.plugin-unresolved", ErrorCategory.REFUSED),
    /** The plugin's main class or an extension cannot be constructed. */
    PLUGIN_CONSTRUCTION("kernel.plugin-construction", ErrorCategory.REFUSED),
    /** The plugin's {@code start} failed or took too long. */
    PLUGIN_START("kernel.plugin-start", ErrorCategory.REFUSED),
    /** A resource method of the plugin does not say which permission it needs. */
    PLUGIN_PERMISSION_MISSING("kernel.plugin-permission-missing", ErrorCategory.REFUSED),
    /** The plugin's schema would not keep tenants apart. */
    PLUGIN_SCHEMA("kernel.plugin-schema", ErrorCategory.REFUSED),
    /** Another plugin already offers an extension of that name. */
    PLUGIN_NAME_TAKEN("kernel.plugin-name-taken", ErrorCategory.CONFLICT),
    /** A plugin of that id is installed already. */
    PLUGIN_EXISTS("kernel.plugin-exists", ErrorCategory.CONFLICT),
    /** No plugin of that id is installed. */
    PLUGIN_UNKNOWN("kernel.plugin-unknown", ErrorCategory.NOT_FOUND),
    /** The change does not fit the state that the plugin is in. */
    PLUGIN_STATE("kernel.plugin-state", ErrorCategory.CONFLICT),
    /** There is no former version to go back to. */
    PLUGIN_NO_ROLLBACK("kernel.plugin-no-rollback", ErrorCategory.CONFLICT),
    /** Other plugins use packages of this one. */
    PLUGIN_IN_USE("kernel.plugin-in-use", ErrorCategory.CONFLICT),
    /** The plugin's file cannot be written, read or moved. */
    PLUGIN_STORAGE("kernel.plugin-storage", ErrorCategory.UNAVAILABLE),
    /** The catalogue has no such plugin or version. */
    CATALOGUE_UNKNOWN("kernel.catalogue-unknown", ErrorCategory.NOT_FOUND),
    /** Another change of plugins is under way, on this node or on another. */
    PLUGIN_CHANGE_BUSY("kernel.plugin-change-busy", ErrorCategory.UNAVAILABLE),
    /** A node could not take a new version, so the version before was brought back on all nodes. */
    PLUGIN_ROLLOUT_FAILED("kernel.plugin-rollout-failed", ErrorCategory.REFUSED),
    /** No node of that id or name is known. */
    NODE_UNKNOWN("kernel.node-unknown", ErrorCategory.NOT_FOUND),
    /** The lease ran out or went to another node; what was done under it must not go on. */
    LEASE_LOST("kernel.lease-lost", ErrorCategory.CONFLICT),
    /** The backup is damaged, cut off, or no backup at all. */
    BACKUP_BROKEN("kernel.backup-broken", ErrorCategory.REFUSED),
    /** The backup cannot be written or read for the sake of the disk. */
    BACKUP_STORAGE("kernel.backup-storage", ErrorCategory.UNAVAILABLE),
    /** The backup or the restore cannot be done as it was asked for. */
    BACKUP_REFUSED("kernel.backup-refused", ErrorCategory.CONFLICT),
    /** The backup was made by a newer version. */
    BACKUP_VERSION("kernel.backup-version", ErrorCategory.REFUSED),
    /** The pass phrase is not the one that the keys in the backup were sealed with. */
    BACKUP_PASS_PHRASE("kernel.backup-pass-phrase", ErrorCategory.REFUSED),
    /** The framework that loads plugins cannot start. */
    MODULE_LAYER("kernel.module-layer", ErrorCategory.INTERNAL),

    /** The configuration cannot be read or has a value that is not understood. */
    CONFIGURATION("kernel.configuration", ErrorCategory.INVALID),
    /** The data folder is in use by another server. */
    DATA_LOCKED("kernel.data-locked", ErrorCategory.UNAVAILABLE),
    /** The data folder has a layout that this version does not know. */
    DATA_VERSION("kernel.data-version", ErrorCategory.UNAVAILABLE),
    /** The data folder cannot be read or written. */
    DATA_STORAGE("kernel.data-storage", ErrorCategory.UNAVAILABLE),
    /** The port is taken or may not be used. */
    PORT("kernel.port", ErrorCategory.UNAVAILABLE),

    /** No key was presented, or one that is unknown, expired or revoked. */
    UNAUTHENTICATED("kernel.unauthenticated", ErrorCategory.UNAUTHENTICATED),
    /** No tenant of that id or name is known. */
    TENANT_UNKNOWN("kernel.tenant-unknown", ErrorCategory.NOT_FOUND),
    /** A tenant of that name is there already. */
    TENANT_EXISTS("kernel.tenant-exists", ErrorCategory.CONFLICT),
    /** The change does not fit the state that the tenant is in. */
    TENANT_STATE("kernel.tenant-state", ErrorCategory.CONFLICT),
    /** The caller's tenant is suspended or about to be erased. */
    TENANT_SUSPENDED("kernel.tenant-suspended", ErrorCategory.FORBIDDEN),
    /** Work was under way for a tenant when it was suspended; it may go on when the tenant is resumed. */
    TENANT_STOPPED("kernel.tenant-stopped", ErrorCategory.UNAVAILABLE),
    /** The permission is about the whole server, and the caller is not of the operator's tenant. */
    OPERATOR_ONLY("kernel.operator-only", ErrorCategory.FORBIDDEN),
    /** More was asked for than a limit lets pass. */
    RATE_LIMITED("kernel.rate-limited", ErrorCategory.LIMITED),
    /** E-mail, password or code do not fit; which one is not told. */
    CREDENTIALS_REFUSED("kernel.credentials-refused", ErrorCategory.UNAUTHENTICATED),
    /** The password was right, and the account asks for a code as well. */
    SECOND_FACTOR_NEEDED("kernel.second-factor-needed", ErrorCategory.UNAUTHENTICATED),
    /** The account is disabled or locked by an administrator. */
    ACCOUNT_CLOSED("kernel.account-closed", ErrorCategory.FORBIDDEN),
    /** Too many failed attempts; the next one is accepted after a while. */
    SIGN_IN_BACK_OFF("kernel.sign-in-back-off", ErrorCategory.LIMITED),
    /** More passwords are being checked at once than the server has memory for. */
    SIGN_IN_BUSY("kernel.sign-in-busy", ErrorCategory.UNAVAILABLE),
    /** A request that changes something came with a session cookie and without the token that proves its page. */
    CSRF("kernel.csrf", ErrorCategory.FORBIDDEN),
    /** The password does not follow the rules. */
    PASSWORD_REFUSED("kernel.password-refused", ErrorCategory.REFUSED),
    /** The invitation is unknown, expired, revoked or was used. */
    INVITATION_INVALID("kernel.invitation-invalid", ErrorCategory.NOT_FOUND),
    /** Somebody tried to give, or to take over, a permission that he does not hold himself. */
    PERMISSION_NOT_HELD("kernel.permission-not-held", ErrorCategory.FORBIDDEN),
    /** The tenant would be left without an administrator. */
    LAST_ADMINISTRATOR("kernel.last-administrator", ErrorCategory.CONFLICT),
    /** The operation is for people who signed in, not for keys. */
    PERSON_NEEDED("kernel.person-needed", ErrorCategory.FORBIDDEN),
    /** The request is malformed. */
    REQUEST_INVALID("kernel.request-invalid", ErrorCategory.INVALID),
    /** The request's body is larger than is accepted. */
    REQUEST_TOO_LARGE("kernel.request-too-large", ErrorCategory.TOO_LARGE),
    /** No resource has that path. */
    PATH_UNKNOWN("kernel.path-unknown", ErrorCategory.NOT_FOUND),
    /** The resource does not take that method, media type or representation. */
    METHOD_REFUSED("kernel.method-refused", ErrorCategory.INVALID),
    /** The path names a version of the API that this server does not have. */
    API_VERSION_UNKNOWN("kernel.api-version-unknown", ErrorCategory.NOT_FOUND),
    /** The request did not arrive in time; its HTTP status is 408. */
    REQUEST_TIMEOUT("kernel.request-timeout", ErrorCategory.INVALID),
    /** The header {@code Idempotency-Key} is malformed. */
    IDEMPOTENCY_KEY_INVALID("kernel.idempotency-key-invalid", ErrorCategory.INVALID),
    /** The header {@code Idempotency-Key} cannot be honoured for this request. */
    IDEMPOTENCY_UNSUPPORTED("kernel.idempotency-unsupported", ErrorCategory.INVALID),
    /** The key was used for another request. */
    IDEMPOTENCY_MISMATCH("kernel.idempotency-mismatch", ErrorCategory.REFUSED),
    /** The first request with that key still runs. */
    IDEMPOTENCY_RUNNING("kernel.idempotency-running", ErrorCategory.CONFLICT),
    /** The first request with that key took effect, and its answer is not there to be repeated. */
    IDEMPOTENCY_ANSWER_LOST("kernel.idempotency-answer-lost", ErrorCategory.CONFLICT),
    /** A repetition of this request was begun because this one seemed dead; this one may change nothing more. */
    IDEMPOTENCY_TAKEN_OVER("kernel.idempotency-taken-over", ErrorCategory.CONFLICT),
    /** The server is starting or stopping. */
    NOT_READY("kernel.not-ready", ErrorCategory.UNAVAILABLE),
    /** No PostgreSQL binaries exist for this operating system or processor. */
    DATABASE_PLATFORM_UNSUPPORTED("kernel.database-platform-unsupported", ErrorCategory.INTERNAL),
    /** The PostgreSQL binaries that belong to the server are not on its class path, or are damaged. */
    DATABASE_BINARIES_MISSING("kernel.database-binaries-missing", ErrorCategory.INTERNAL),
    /** PostgreSQL could not be started, for a reason that has no code of its own. */
    DATABASE_START_FAILED("kernel.database-start-failed", ErrorCategory.INTERNAL),
    /** The disk below the data folder, or the database's, is full. */
    DATABASE_DISK_FULL("kernel.database-disk-full", ErrorCategory.UNAVAILABLE),
    /** The data folder, or the server behind the URL, belongs to another major version of PostgreSQL. */
    DATABASE_VERSION_UNSUPPORTED("kernel.database-version-unsupported", ErrorCategory.INTERNAL),
    /** The database was migrated by a newer version of Mortise that this one cannot work beside. */
    DATABASE_SCHEMA_NEWER("kernel.database-schema-newer", ErrorCategory.INTERNAL),
    /** The server may not read or write its data folder. */
    DATABASE_FOLDER_DENIED("kernel.database-folder-denied", ErrorCategory.INTERNAL),
    /** Another running server uses the data folder. */
    DATABASE_FOLDER_IN_USE("kernel.database-folder-in-use", ErrorCategory.CONFLICT),
    /** The data folder is there, and PostgreSQL cannot use what is in it. */
    DATABASE_FOLDER_CORRUPT("kernel.database-folder-corrupt", ErrorCategory.INTERNAL),
    /** The text of a database URL cannot be understood. */
    DATABASE_URL_INVALID("kernel.database-url-invalid", ErrorCategory.INVALID),
    /** The database refuses the user, the password or the database's name. */
    DATABASE_LOGIN_REFUSED("kernel.database-login-refused", ErrorCategory.INTERNAL),
    /** The login role of the server cannot be made, or has rights that would defeat row-level security. */
    DATABASE_ROLE_REFUSED("kernel.database-role-refused", ErrorCategory.INTERNAL),
    /** The database cannot be reached, or has no connection left. */
    DATABASE_UNAVAILABLE("kernel.database-unavailable", ErrorCategory.UNAVAILABLE),
    /** The transaction lost against another one (a deadlock or a serialization failure); the same call may succeed. */
    DATABASE_BUSY("kernel.database-busy", ErrorCategory.UNAVAILABLE),
    /** A statement or a wait for a lock took longer than is allowed. */
    DATABASE_TIMEOUT("kernel.database-timeout", ErrorCategory.TIMEOUT),
    /** A plugin holds as many locks as one plugin may. */
    DATABASE_LOCKS_EXHAUSTED("kernel.database-locks-exhausted", ErrorCategory.LIMITED),
    /** What was written breaks a unique, exclusion or foreign key constraint. */
    DATA_CONFLICT("kernel.data-conflict", ErrorCategory.CONFLICT),
    /** What was written is not a value that the column takes. */
    DATA_INVALID("kernel.data-invalid", ErrorCategory.INVALID),
    /** A transaction was used where it does not reach, such as a write inside a read. */
    DATA_TRANSACTION_MISUSED("kernel.data-transaction-misused", ErrorCategory.INTERNAL),
    /** The store was used after its plugin was stopped. */
    DATA_STORE_CLOSED("kernel.data-store-closed", ErrorCategory.UNAVAILABLE),
    /** A migration failed, was changed after it ran, or is badly named; the database is as it was before. */
    MIGRATION_FAILED("kernel.migration-failed", ErrorCategory.REFUSED),
    /** A migration would hurt the version that still runs, or everybody who waits for it; nothing of it ran. */
    MIGRATION_UNSAFE("kernel.migration-unsafe", ErrorCategory.REFUSED),
    /** The run's job belongs to another run by now, or has ended; nothing that it writes is kept. */
    JOB_LEASE_LOST("kernel.job-lease-lost", ErrorCategory.CONFLICT),
    /** No job of this tenant has that id. */
    JOB_UNKNOWN("kernel.job-unknown", ErrorCategory.NOT_FOUND),
    /** The change does not fit the state that the job is in. */
    JOB_STATE("kernel.job-state", ErrorCategory.CONFLICT),
    /** Another node delivers these events by now; nothing that this delivery writes is kept. */
    EVENT_LEASE_LOST("kernel.event-lease-lost", ErrorCategory.CONFLICT),
    /** No plugin has ever subscribed under that name. */
    SUBSCRIPTION_UNKNOWN("kernel.subscription-unknown", ErrorCategory.NOT_FOUND),
    /** No event with that id was set aside for this tenant. */
    EVENT_UNKNOWN("kernel.event-unknown", ErrorCategory.NOT_FOUND),
    /** No running plugin declares that live topic. */
    TOPIC_UNKNOWN("kernel.topic-unknown", ErrorCategory.NOT_FOUND),
    /** The node shows live topics to as many clients as it may. */
    LIVE_FULL("kernel.live-full", ErrorCategory.UNAVAILABLE),
    /** A statement failed, or its result did not fit the type that the mapper names. */
    STATEMENT_FAILED("kernel.statement-failed", ErrorCategory.INTERNAL),

    /** The master key is missing, malformed, or not the one that this database was set up with. */
    MASTER_KEY("kernel.master-key", ErrorCategory.INTERNAL),
    /** What was sealed cannot be opened: it was changed, belongs elsewhere, or its key is gone. */
    SEALED_BROKEN("kernel.sealed-broken", ErrorCategory.INTERNAL),
    /** An audit entry could not be kept, so what it is about is not confirmed. */
    AUDIT_UNAVAILABLE("kernel.audit-unavailable", ErrorCategory.UNAVAILABLE),

    /** The jar's {@code settings.schema.json} is no JSON Schema, or none of an object. */
    SETTINGS_SCHEMA("kernel.settings-schema", ErrorCategory.REFUSED),
    /** The plugin is not known here, or has declared no settings. */
    SETTINGS_UNDECLARED("kernel.settings-undeclared", ErrorCategory.NOT_FOUND),
    /** The settings have no such version, or it is too old to be kept. */
    SETTINGS_VERSION_UNKNOWN("kernel.settings-version-unknown", ErrorCategory.NOT_FOUND),

    /** Something failed that should not; the log has the details under the trace id. */
    INTERNAL("kernel.internal", ErrorCategory.INTERNAL);

    private final String code;
    private final ErrorCategory category;

    KernelError(String code, ErrorCategory category) {
        this.code = code;
        this.category = category;
    }

    @Override
    public String code() {
        return code;
    }

    @Override
    public ErrorCategory category() {
        return category;
    }
}
