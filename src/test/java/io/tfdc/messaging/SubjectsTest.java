package io.tfdc.messaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tfdc.model.ChamberId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SubjectsTest {
    private static final ChamberId CHAMBER = new ChamberId("ETCH-01", "PM_2");

    @Test
    void aChambersSubjectIsBuiltAndParsed() {
        Subjects subjects = new Subjects(Subjects.DEFAULT_TEMPLATE);
        assertEquals("dc.ETCH-01.PM_2.completed", subjects.completed(CHAMBER));
        assertEquals(Optional.of(CHAMBER), subjects.chamber("dc.ETCH-01.PM_2.completed"));
        assertEquals("dc.*.*.completed", subjects.everyCompleted());
        assertEquals("dc.>", subjects.stored());
        assertEquals("fdc.alarm.ETCH-01.PM_2.*", Subjects.alarms(CHAMBER));
    }

    @Test
    void otherSubjectsNameNoChamber() {
        Subjects subjects = new Subjects(Subjects.DEFAULT_TEMPLATE);
        for (String other : List.of(
                "dc.ETCH-01.PM_2.started", "dc.ETCH-01.completed", "dc.a.b.c.completed", "xdc.a.b.completed", "")) {
            assertEquals(Optional.empty(), subjects.chamber(other), other);
        }
    }

    @Test
    void aTemplateOfItsOwnIsTakenLiterally() {
        Subjects subjects = new Subjects("fab.dc.{tool}.{chamber}");
        assertEquals("fab.dc.ETCH-01.PM_2", subjects.completed(CHAMBER));
        assertEquals(Optional.of(CHAMBER), subjects.chamber("fab.dc.ETCH-01.PM_2"));
        assertEquals(Optional.empty(), subjects.chamber("fabXdc.ETCH-01.PM_2"));
        assertEquals("fab.>", subjects.stored());
    }

    @Test
    void templatesWithoutToolAndChamberAreRefused() {
        for (String bad : List.of(
                "", "dc.>", "dc.{tool}.completed", "dc.{chamber}.{tool}", "{tool}.{chamber}", "d c.{tool}.{chamber}")) {
            assertThrows(IllegalArgumentException.class, () -> new Subjects(bad), bad);
        }
    }

    @Test
    void aChambersFilterMatchesNoOtherToolsChamberOfThatName() {
        Subjects subjects = new Subjects(Subjects.DEFAULT_TEMPLATE);
        SubjectFilter filter = new SubjectFilter(subjects.completed(CHAMBER));
        assertTrue(filter.isLiteral());
        assertFalse(filter.matches(subjects.completed(new ChamberId("ETCH-02", "PM_2"))));
    }

    @Test
    void patternsMatchWholeTokens() {
        assertTrue(new SubjectFilter("a.*.c").matches("a.b.c"));
        assertFalse(new SubjectFilter("a.*.c").matches("a.b.b.c"));
        assertFalse(new SubjectFilter("a.*").matches("a"));
        assertTrue(new SubjectFilter("a.>").matches("a.b.c"));
        assertFalse(new SubjectFilter("a.>").matches("a"));
        assertFalse(new SubjectFilter("ab").matches("a"));
        assertFalse(new SubjectFilter("a.b").matches("a.bc"));
    }

    @Test
    void patternsOverlapWhenSomeSubjectFitsBoth() {
        assertOverlap(true, "a.*.c", "a.b.*");
        assertOverlap(true, "a.>", "*.b");
        assertOverlap(true, ">", "x");
        assertOverlap(false, "a.>", "a");
        assertOverlap(false, "a.*", "a.b.c");
        assertOverlap(false, "a.*.c", "a.b.d");
    }

    private static void assertOverlap(boolean expected, String one, String other) {
        assertEquals(expected, new SubjectFilter(one).overlaps(new SubjectFilter(other)), one + " and " + other);
        assertEquals(expected, new SubjectFilter(other).overlaps(new SubjectFilter(one)), other + " and " + one);
    }

    @Test
    void whatIsNoSubjectIsRefused() {
        for (String bad :
                List.of("", ".", "a.", ".a", "a..b", "a b", "a.>.b", "a*.b", "a.b>", "a\n", "x".repeat(600))) {
            assertThrows(IllegalArgumentException.class, () -> new SubjectFilter(bad), bad);
        }
        assertThrows(IllegalArgumentException.class, () -> SubjectFilter.requireSubject("a.*"));
    }
}
