package dev.mortise.kernel.context;

import dev.mortise.api.admin.PluginAdmin;
import dev.mortise.api.admin.PluginStatus;
import dev.mortise.api.call.CallContext;
import dev.mortise.kernel.permission.OperatorPermissions;
import java.nio.file.Path;
import java.util.List;

/** Life-cycle changes as plugins get them: only on behalf of somebody who may make them. */
record GuardedAdmin(PluginAdmin admin, OperatorPermissions permissions) implements PluginAdmin {
    private static final String READ = "kernel.plugins.read";
    private static final String WRITE = "kernel.plugins.write";

    @Override
    public List<PluginStatus> list() {
        return permitted(READ).list();
    }

    @Override
    public PluginStatus install(Path jar) {
        return permitted(WRITE).install(jar);
    }

    @Override
    public PluginStatus update(Path jar) {
        return permitted(WRITE).update(jar);
    }

    @Override
    public PluginStatus rollback(String id) {
        return permitted(WRITE).rollback(id);
    }

    @Override
    public PluginStatus start(String id) {
        return permitted(WRITE).start(id);
    }

    @Override
    public PluginStatus stop(String id) {
        return permitted(WRITE).stop(id);
    }

    @Override
    public void remove(String id) {
        permitted(WRITE).remove(id);
    }

    private PluginAdmin permitted(String permission) {
        permissions.require(CallContext.current(), permission);
        return admin;
    }
}
