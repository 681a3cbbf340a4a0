package dev.mortise.kernel.lease;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;

/**
 * What a run holds while it works, bound to its thread and to the threads of the extensions that it calls.
 *
 * @since 0.1
 */
public abstract sealed class RunLease {
    private static final ScopedValue<RunLease> CURRENT = ScopedValue.newInstance();

    private volatile boolean ended;

    private RunLease() {}

    /** Returns the lease on a job of which the run holds this version. */
    public static RunLease ofJob(UUID job, long version) {
        return new OfJob(job, version);
    }

    /** Returns the lease on a tenant's lane of a subscription. */
    public static RunLease ofDelivery(UUID owner, String subscriber, int lane, long lease) {
        return new OfDelivery(owner, subscriber, lane, lease);
    }

    /** Returns the lease that writes of this thread need, or empty where no run is going on. */
    public static Optional<RunLease> current() {
        return CURRENT.isBound() ? Optional.of(CURRENT.get()) : Optional.empty();
    }

    /** Returns the work as it is to be done on another thread that the caller waits for: under the caller's lease. */
    public static Runnable carried(Runnable work) {
        if (!CURRENT.isBound()) {
            return work;
        }
        RunLease lease = CURRENT.get();
        return () -> lease.run(work);
    }

    /** Does the work under this lease. */
    public void run(Runnable work) {
        ScopedValue.where(CURRENT, this).run(work);
    }

    /** Lets no transaction begin under this lease any more. */
    public void end() {
        ended = true;
    }

    /** Returns whether the run has ended. */
    public boolean isEnded() {
        return ended;
    }

    /**
     * Returns the SQL expression that holds the lease until the end of the transaction, or fails with ML001 or ML002.
     */
    public abstract String expression();

    /** Returns the SQLSTATE with which the expression fails. */
    public abstract String lostState();

    /** Sets the expression's parameters. */
    public abstract void set(PreparedStatement statement, int from) throws SQLException;

    private static final class OfJob extends RunLease {
        private final UUID job;
        private final long version;

        OfJob(UUID job, long version) {
            this.job = job;
            this.version = version;
        }

        @Override
        public String expression() {
            return "mortise.hold_job(?, ?)";
        }

        @Override
        public String lostState() {
            return "ML001";
        }

        @Override
        public void set(PreparedStatement statement, int from) throws SQLException {
            statement.setString(from, job.toString());
            statement.setLong(from + 1, version);
        }
    }

    private static final class OfDelivery extends RunLease {
        private final UUID owner;
        private final String subscriber;
        private final int lane;
        private final long lease;

        OfDelivery(UUID owner, String subscriber, int lane, long lease) {
            this.owner = owner;
            this.subscriber = subscriber;
            this.lane = lane;
            this.lease = lease;
        }

        @Override
        public String expression() {
            return "mortise.hold_delivery(?, ?, ?, ?)";
        }

        @Override
        public String lostState() {
            return "ML002";
        }

        @Override
        public void set(PreparedStatement statement, int from) throws SQLException {
            statement.setObject(from, owner);
            statement.setString(from + 1, subscriber);
            statement.setShort(from + 2, (short) lane);
            statement.setLong(from + 3, lease);
        }
    }
}
