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
    /** The request is malformed. */
    REQUEST_INVALID("kernel.request-invalid", ErrorCategory.INVALID),
    /** The request's body is larger than is accepted. */
    REQUEST_TOO_LARGE("kernel.request-too-large", ErrorCategory.TOO_LARGE),
    /** No resource has that path. */
    PATH_UNKNOWN("kernel.path-unknown", ErrorCategory.NOT_FOUND),
    /** The resource does not take that method, media type or representation. */
    METHOD_REFUSED("kernel.method-refused", ErrorCategory.INVALID),
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
    /** A statement failed, or its result did not fit the type that the mapper names. */
    STATEMENT_FAILED("kernel.statement-failed", ErrorCategory.INTERNAL),

    /** The master key is missing, malformed, or not the one that this database was set up with. */
    MASTER_KEY("kernel.master-key", ErrorCategory.INTERNAL),
    /** What was sealed cannot be opened: it was changed, belongs elsewhere, or its key is gone. */
    SEALED_BROKEN("kernel.sealed-broken", ErrorCategory.INTERNAL),
    /** An audit entry could not be kept, so what it is about is not confirmed. */
    AUDIT_UNAVAILABLE("kernel.audit-unavailable", ErrorCategory.UNAVAILABLE),

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
