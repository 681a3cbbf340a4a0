package dev.mortise.kernel.job;

import dev.mortise.api.call.TenantId;
import dev.mortise.api.error.MortiseException;
import dev.mortise.api.store.Transaction;
import dev.mortise.kernel.log.TraceIds;
import dev.mortise.kernel.store.Access;
import dev.mortise.kernel.store.Database;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Schedules the jobs of repetitions that are due. Every node tries; the row's lock and the job's key see to it that
 * each occurrence is scheduled once. What was missed is made up for once: the next time is reckoned from now.
 */
record Repetitions(Database database) {
    private static final Logger LOG = LoggerFactory.getLogger(Repetitions.class);

    /** Returns the lane of a repetition that names none: an occurrence waits for its predecessor. */
    static String lane(String name) {
        return "repetition " + name;
    }

    void schedule() throws SQLException {
        for (TenantId tenant : tenantsWithDueOnes()) {
            try {
                database.kernel().inTransaction(tenant, Access.WRITE, Repetitions::scheduleDue);
            } catch (MortiseException e) {
                LOG.warn("Repeated jobs of tenant {} are late: {}", tenant, e.describe());
            }
        }
    }

    private List<TenantId> tenantsWithDueOnes() throws SQLException {
        List<TenantId> tenants = new ArrayList<>();
        try (Connection connection = database.singleStatements().getConnection();
                PreparedStatement statement =
                        connection.prepareStatement("SELECT tenant_id FROM mortise.due_repetitions()");
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                tenants.add(new TenantId(rows.getObject(1, UUID.class)));
            }
        }
        return tenants;
    }

    private static int scheduleDue(Transaction open) {
        RepetitionMapper repetitions = open.mapper(RepetitionMapper.class);
        JobMapper jobs = open.mapper(JobMapper.class);
        List<RepetitionMapper.Row> due = repetitions.due();
        Instant now = repetitions.now();
        for (RepetitionMapper.Row row : due) {
            jobs.insert(new JobMapper.NewJob(
                    row.plugin(),
                    row.handler(),
                    row.priority(),
                    lane(row.name()) + " " + row.nextAt(),
                    row.lane(),
                    row.laneLimit(),
                    null,
                    TraceIds.random(),
                    null,
                    row.payload()));
            Instant next = CronTimes.parse(row.cron(), ZoneId.of(row.zone()))
                    .after(now)
                    .orElse(Instant.parse("9999-01-01T00:00:00Z"));
            repetitions.moveOn(row.plugin(), row.name(), next);
        }
        return due.size();
    }
}
