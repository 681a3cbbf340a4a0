package dev.mortise.kernel.setting;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A value that is made when it is first asked for, once; made again when that failed. */
final class Once<T> implements Supplier<T> {
    private final Supplier<? extends T> maker;
    private volatile @Nullable T value;

    private Once(Supplier<? extends T> maker) {
        this.maker = maker;
    }

    static <T> Once<T> of(Supplier<? extends T> maker) {
        return new Once<>(maker);
    }

    @Override
    public T get() {
        T known = value;
        if (known != null) {
            return known;
        }
        synchronized (this) {
            known = value;
            if (known == null) {
                known = maker.get();
                value = known;
            }
            return known;
        }
    }
}
