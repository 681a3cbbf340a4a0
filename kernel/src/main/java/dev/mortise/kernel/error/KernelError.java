package dev.mortise.kernel.error;

import dev.mortise.api.error.ErrorCategory;
import dev.mortise.api.error.ErrorCode;

/**
 * The failures that the kernel reports. Codes are a public contract and never change their meaning.
 *
 * @since 0.1
 */
public enum KernelError implements ErrorCode {
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
    /** A statement failed, or its result did not fit the type that the mapper names. */
    STATEMENT_FAILED("kernel.statement-failed", ErrorCategory.INTERNAL);

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
