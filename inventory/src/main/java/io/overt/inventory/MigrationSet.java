package io.overt.inventory;

/**
 * The tables of one module.
 *
 * @param name of the module; its scripts are {@code db/migration/NAME/V1__what.sql} on the class
 *     path, its history the table {@code schema_history_NAME}
 * @param latest version of the newest script: when it is installed already, the start spends no
 *     time on looking
 */
public record MigrationSet(String name, String latest) {}
