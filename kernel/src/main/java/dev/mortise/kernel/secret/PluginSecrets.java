package dev.mortise.kernel.secret;

import dev.mortise.api.secret.SecretValue;
import dev.mortise.api.secret.Secrets;
import dev.mortise.kernel.store.Access;
import dev.mortise.kernel.store.PluginStore;
import java.util.List;
import java.util.Optional;

/** The secrets of one plugin, within its store's open transaction where there is one. */
record PluginSecrets(SecretStore secrets, PluginStore store, String plugin) implements Secrets {
    @Override
    public Optional<SecretValue> find(String name) {
        return store.kernel(Access.READ, open -> secrets.find(open, plugin, name));
    }

    @Override
    public void put(String name, SecretValue value) {
        store.kernel(Access.WRITE, open -> {
            secrets.put(open, plugin, name, value);
            return true;
        });
    }

    @Override
    public boolean delete(String name) {
        return store.kernel(Access.WRITE, open -> secrets.delete(open, plugin, name));
    }

    @Override
    public List<String> names() {
        return store.kernel(Access.READ, open -> secrets.names(open, plugin)).stream()
                .map(SecretMapper.NameRow::name)
                .toList();
    }
}
