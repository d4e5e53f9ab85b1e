package io.tfdc.deployment;

import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Modifier;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The API's model classes keep fields that they don't know in a map of their own. Here that map has to be empty everywhere. */
final class UnknownFields {
    private UnknownFields() {}

    static void refuse(String path, @Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            map.forEach((key, item) -> refuse(path + '.' + key, item));
        } else if (value instanceof Collection<?> items) {
            int index = 0;
            for (Object item : items) {
                refuse(path + '[' + index++ + ']', item);
            }
        } else if (value != null && (value.getClass().getName().startsWith("io.fabric8.") || value instanceof Record)) {
            refuseIn(path, value);
        }
    }

    private static void refuseIn(String path, Object bean) {
        try {
            if (!(bean instanceof Record)) {
                refuseAdditional(path, bean);
            }
            for (Class<?> type = bean.getClass(); type != Object.class; type = type.getSuperclass()) {
                for (Field field : type.getDeclaredFields()) {
                    boolean own = !Modifier.isStatic(field.getModifiers())
                            && !field.getType().isEnum();
                    if (own && !field.getName().equals("additionalProperties") && field.trySetAccessible()) {
                        refuse(path + '.' + field.getName(), field.get(bean));
                    }
                }
            }
        } catch (IllegalAccessException e) {
            throw new AssertionError(path, e);
        }
    }

    private static void refuseAdditional(String path, Object bean) throws IllegalAccessException {
        try {
            Object unknown =
                    bean.getClass().getMethod("getAdditionalProperties").invoke(bean);
            if (unknown instanceof Map<?, ?> fields && !fields.isEmpty()) {
                throw new AssertionError("the API has no such field: " + path + ": " + fields.keySet());
            }
        } catch (NoSuchMethodException | InvocationTargetException e) {
            // A type that has no room for unknown fields refuses them itself.
        }
    }
}
