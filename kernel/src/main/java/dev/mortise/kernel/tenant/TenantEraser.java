package dev.mortise.kernel.tenant;

import dev.mortise.api.call.TenantId;
import dev.mortise.kernel.store.Access;
import dev.mortise.kernel.store.Database;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Erases the rows of tenants that are due, table by table in short transactions, so that a stop or a crash at any point
 * loses nothing and the next run, here or on another node, goes on from there. The tables are those that PostgreSQL's
 * catalogue lists at the time: also those of plugins that were removed.
 */
final class TenantEraser {
    private static final Logger LOG = LoggerFactory.getLogger(TenantEraser.class);
    private static final int BATCH_ROWS = 2_000;

    private final Database database;
    private final Consumer<TenantId> erased;

    /** @param erased told of each tenant that is gone */
    TenantEraser(Database database, Consumer<TenantId> erased) {
        this.database = database;
        this.erased = erased;
    }

    /** Erases one tenant as far as it goes; returns early when another node is at it, or when interrupted. */
    void erase(TenantId tenant) {
        List<ErasureMapper.TenantTable> tables = database.kernel()
                .inTransaction(
                        null,
                        Access.READ,
                        open -> open.mapper(ErasureMapper.class).tables());
        while (!Thread.currentThread().isInterrupted()) {
            Pass pass = pass(tenant, tables);
            switch (pass) {
                case LEFT_TO_OTHERS -> {
                    return;
                }
                case STUCK -> {
                    LOG.error("Tenant {} cannot be erased: rows point to one another in a circle", tenant);
                    return;
                }
                case CLEAN -> {
                    finish(tenant);
                    return;
                }
                case ERASED -> LOG.debug("Tenant {}: another pass", tenant);
            }
        }
    }

    private enum Pass {
        /** Another node works on it, or it is no longer due. */
        LEFT_TO_OTHERS,
        /** Rows are left and none can go first. */
        STUCK,
        /** Rows went; more may be there. */
        ERASED,
        /** No table has a row of it. */
        CLEAN
    }

    /** One look at every table. Rows that others point to wait for the next one. */
    private Pass pass(TenantId tenant, List<ErasureMapper.TenantTable> tables) {
        boolean anyErased = false;
        boolean anyBlocked = false;
        for (ErasureMapper.TenantTable table : tables) {
            long rows;
            do {
                Optional<Long> erased = batch(tenant, table);
                if (erased.isEmpty() || Thread.currentThread().isInterrupted()) {
                    return Pass.LEFT_TO_OTHERS;
                }
                rows = erased.get();
                anyErased |= rows > 0;
                anyBlocked |= rows < 0;
            } while (rows > 0);
        }
        if (anyErased) {
            return Pass.ERASED;
        }
        return anyBlocked ? Pass.STUCK : Pass.CLEAN;
    }

    private Optional<Long> batch(TenantId tenant, ErasureMapper.TenantTable table) {
        return database.kernel().inTransaction(tenant, Access.WRITE, open -> {
            ErasureMapper erasures = open.mapper(ErasureMapper.class);
            if (erasures.lockDue(tenant).isEmpty()) {
                return Optional.empty();
            }
            long rows = erasures.erase(table.oid(), BATCH_ROWS);
            if (rows > 0) {
                erasures.count(tenant, table.name(), rows);
            }
            return Optional.of(rows);
        });
    }

    private void finish(TenantId tenant) {
        boolean done = database.kernel().inTransaction(tenant, Access.WRITE, open -> {
            ErasureMapper erasures = open.mapper(ErasureMapper.class);
            if (erasures.lockDue(tenant).isEmpty()) {
                return false;
            }
            erasures.finish();
            return true;
        });
        if (done) {
            LOG.info("Tenant {} is erased", tenant);
            erased.accept(tenant);
        }
    }
}
