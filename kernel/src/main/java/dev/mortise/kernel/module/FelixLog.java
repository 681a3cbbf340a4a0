package dev.mortise.kernel.module;

import org.apache.felix.framework.Logger;
import org.osgi.framework.Bundle;
import org.osgi.framework.ServiceReference;
import org.slf4j.LoggerFactory;

/** Leads Felix' own log into ours. */
final class FelixLog extends Logger {
    private static final org.slf4j.Logger LOG = LoggerFactory.getLogger(FelixModuleLayer.class);

    @Override
    protected void doLog(
            @SuppressWarnings("NullableProblems") Bundle bundle,
            @SuppressWarnings("rawtypes") ServiceReference reference,
            int level,
            String message,
            Throwable failure) {
        switch (level) {
            case LOG_ERROR -> LOG.error("{}", message, failure);
            case LOG_WARNING -> LOG.warn("{}", message, failure);
            default -> LOG.debug("{}", message, failure);
        }
    }
}
