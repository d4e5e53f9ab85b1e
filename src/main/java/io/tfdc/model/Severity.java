package io.tfdc.model;

/** How bad a defense event is, mildest first. */
public enum Severity {
    LOG,
    WARNING,
    ALARM,
    CRITICAL
}
