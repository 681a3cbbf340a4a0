package dev.mortise.kernel.store;

import dev.mortise.api.trace.SpanKind;
import dev.mortise.kernel.trace.ActiveSpan;
import java.lang.reflect.InvocationTargetException;
import java.util.Optional;
import org.apache.ibatis.executor.Executor;
import org.apache.ibatis.mapping.MappedStatement;
import org.apache.ibatis.plugin.Interceptor;
import org.apache.ibatis.plugin.Intercepts;
import org.apache.ibatis.plugin.Invocation;
import org.apache.ibatis.plugin.Signature;
import org.apache.ibatis.session.ResultHandler;
import org.apache.ibatis.session.RowBounds;
import org.jspecify.annotations.Nullable;

/**
 * Makes each statement of a traced call a span. The names are those of OpenTelemetry's semantic conventions for
 * databases; values are in none of them: parameters are not part of the text, and what a mapper writes into it by
 * itself is taken out.
 */
@Intercepts({
    @Signature(
            type = Executor.class,
            method = "update",
            args = {MappedStatement.class, Object.class}),
    @Signature(
            type = Executor.class,
            method = "query",
            args = {MappedStatement.class, Object.class, RowBounds.class, ResultHandler.class}),
    @Signature(
            type = Executor.class,
            method = "queryCursor",
            args = {MappedStatement.class, Object.class, RowBounds.class})
})
final class StatementSpans implements Interceptor {
    @Override
    public @Nullable Object intercept(Invocation invocation) throws Throwable {
        Optional<ActiveSpan> open = ActiveSpan.current();
        if (open.isEmpty()) {
            return invocation.proceed();
        }
        MappedStatement statement = (MappedStatement) invocation.getArgs()[0];
        ActiveSpan span = open.get().child(nameOf(statement.getId()), SpanKind.CLIENT);
        try {
            String sql = statement.getBoundSql(invocation.getArgs()[1]).getSql();
            span.put("db.system.name", "postgresql")
                    .put("db.operation.name", statement.getSqlCommandType().name())
                    .put("db.query.text", SqlText.withoutValues(sql));
            return invocation.proceed();
        } catch (InvocationTargetException e) {
            span.failedBy(e.getTargetException());
            throw e.getTargetException();
        } finally {
            span.end();
        }
    }

    /** Mapper and method, without the package. */
    private static String nameOf(String id) {
        return id.substring(id.lastIndexOf('.', id.lastIndexOf('.') - 1) + 1);
    }
}
