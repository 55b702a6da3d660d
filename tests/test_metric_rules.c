/* SPDX-License-Identifier: MIT */
/* The nine built-in metrics, metrics of the host's own in every shape, everything that can start,
 * fulfil, cancel, pause and resume them, changes of policy, two stages and allowances: worked out
 * by hand; business hours are Mo-Fr 09:00-17:00. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "support.h"
#include "told.h"

/* ---- the built-in metrics ---- */

static const told_case responses[] = {
    {"first response: the reply", "first 4h", "Mo 09:00 created, Mo 10:00 reply, Mo 11:00 reply",
     "Mo 12:00", "first fulfilled on-time started Mo 09:00 stopped Mo 10:00 cycle 1 met 1"},
    {"first response: nothing else ends it", "first 4h",
     "Mo 09:00 created, Mo 10:00 note, Mo 10:00 auto, Mo 10:00 message, Mo 10:00 needless, "
     "Mo 10:00 group 5, Mo 10:00 condition 5, Mo 10:00 host 40, Mo 10:00 hold", "Mo 12:00",
     "first running on-time started Mo 09:00 elapsed 3h held 0s"},
    {"first response: reset", "first 4h",
     "Mo 09:00 created, Mo 10:00 reset first, Mo 11:00 reply", "Mo 12:00",
     "first fulfilled on-time started Mo 10:00 stopped Mo 11:00 elapsed 1h cycle 2 met 1"},
    {"first response: reset after it ended", "first 4h",
     "Mo 09:00 created, Mo 10:00 reply, Mo 11:00 reset first", "Mo 12:00",
     "first fulfilled on-time stopped Mo 10:00 cycle 1"},
    {"next response: nobody need reply", "next 4h",
     "Mo 09:00 created, Mo 10:00 reply, Mo 11:00 message, Mo 12:00 needless", "Mo 13:00",
     "next cancelled on-time stopped Mo 12:00 elapsed 1h met 0 missed 0 cycle 1"},
    {"next response: the message after that", "next 4h",
     "Mo 09:00 created, Mo 10:00 reply, Mo 11:00 message, Mo 12:00 needless, Mo 13:00 message",
     "Mo 14:00", "next running on-time started Mo 13:00 elapsed 1h cycle 2 met 0"},
    {"resolution: nobody need reply", "resolution 4h", "Mo 09:00 created, Mo 10:00 needless",
     "Mo 12:00", "resolution running on-time elapsed 3h"},
    {"resolution: closed without being solved", "resolution 4h",
     "Mo 09:00 created, Mo 10:00 closed", "Mo 12:00",
     "resolution fulfilled on-time stopped Mo 10:00"},
    {"resolution: reset", "resolution 4h",
     "Mo 09:00 created, Mo 10:00 pending, Mo 11:00 reset resolution", "Mo 12:00",
     "resolution paused on-time started Mo 11:00 elapsed 0s held 1h cycle 2 met 0 missed 0"},
    {"resolution: created solved", "resolution 4h", "Mo 09:00 created, Mo 09:00 solved",
     "Mo 12:00",
     "resolution fulfilled on-time started Mo 09:00 stopped Mo 09:00 elapsed 0s met 1"},
    {"reset: a due instant set by hand was the other cycle's", "first 4h",
     "Mo 09:00 created, Mo 09:30 due first Mo 10:00, Mo 09:45 reset first", "Mo 10:30",
     "first running on-time due Mo 13:45"},
    {"resolution: reopened and solved at one instant", "resolution 4h",
     "Mo 09:00 created, Mo 10:00 solved, Mo 12:00 open, Mo 12:00 solved", "Mo 13:00",
     "resolution fulfilled on-time stopped Mo 12:00 elapsed 1h met 1"},
    {"reset of all", "first 4h, next 4h, resolution 4h, update 4h",
     "Mo 09:00 created, Mo 10:00 reply, Mo 11:00 message, Mo 12:00 reset", "Mo 13:00",
     "first fulfilled on-time cycle 1 | next running on-time started Mo 12:00 cycle 2 | "
     "resolution running on-time started Mo 12:00 cycle 2 | "
     "update running on-time started Mo 12:00 cycle 2 met 0"},
};

static const told_case updates[] = {
    {"inactive before the first reply", "update 4h", "Mo 09:00 created, Mo 10:00 message",
     "Mo 12:00", "update inactive none cycle 0"},
    {"from the first reply", "update 4h", "Mo 09:00 created, Mo 10:00 reply", "Mo 12:00",
     "update running on-time started Mo 10:00 due Mo 14:00 elapsed 2h cycle 1 met 0"},
    {"to the next one, and again", "update 4h",
     "Mo 09:00 created, Mo 10:00 reply, Mo 12:00 reply, Mo 15:00 reply", "Mo 16:00",
     "update running on-time started Mo 15:00 due Tu 11:00 elapsed 1h cycle 3 met 2 missed 0"},
    {"a late one", "update 4h", "Mo 09:00 created, Mo 10:00 reply, Mo 15:00 reply", "Mo 16:00",
     "update running on-time started Mo 15:00 cycle 2 met 0 missed 1"},
    {"overdue", "update 4h", "Mo 09:00 created, Mo 10:00 reply, Mo 13:00 message", "Mo 15:00",
     "update running overdue due Mo 14:00 late 1h left -1h cycle 1"},
    {"two at one instant", "update 4h", "Mo 09:00 created, Mo 10:00 reply, Mo 10:00 reply",
     "Mo 11:00", "update running on-time started Mo 10:00 elapsed 1h cycle 2 met 1"},
    {"notes, automatic replies and customers do not count", "update 4h",
     "Mo 09:00 created, Mo 10:00 reply, Mo 11:00 note, Mo 11:00 auto, Mo 11:00 message, "
     "Mo 11:00 needless", "Mo 12:00",
     "update running on-time started Mo 10:00 elapsed 2h cycle 1"},
    {"neither pending nor on hold pauses it", "update 4h",
     "Mo 09:00 created, Mo 10:00 reply, Mo 11:00 pending, Mo 11:30 hold", "Mo 12:00",
     "update running on-time elapsed 2h held 0s"},
    {"solving ends it", "update 4h", "Mo 09:00 created, Mo 10:00 reply, Mo 12:00 solved",
     "Mo 15:00", "update fulfilled on-time stopped Mo 12:00 elapsed 2h cycle 1 met 1"},
    {"reopened, it waits for the next reply", "update 4h",
     "Mo 09:00 created, Mo 10:00 reply, Mo 12:00 solved, Mo 13:00 open", "Mo 14:00",
     "update fulfilled on-time stopped Mo 12:00 cycle 1 met 1"},
    {"reopened, the next reply", "update 4h",
     "Mo 09:00 created, Mo 10:00 reply, Mo 12:00 solved, Mo 13:00 open, Mo 14:00 reply",
     "Mo 15:00", "update running on-time started Mo 14:00 cycle 2 met 1"},
    {"a reply while done is forgotten", "update 4h",
     "Mo 09:00 created, Mo 10:00 solved, Mo 11:00 reply, Mo 12:00 open", "Mo 13:00",
     "update inactive none cycle 0"},
    {"reset", "update 4h", "Mo 09:00 created, Mo 10:00 reply, Mo 12:00 reset update", "Mo 13:00",
     "update running on-time started Mo 12:00 due Mo 16:00 cycle 2 met 0 missed 0"},
    {"reset before it started", "update 4h", "Mo 09:00 created, Mo 10:00 reset update",
     "Mo 13:00", "update inactive none cycle 0"},
    {"cancelled for good", "update 4h",
     "Mo 09:00 created, Mo 10:00 reply, Mo 11:00 cancelled, Mo 12:00 reply", "Mo 13:00",
     "update cancelled on-time stopped Mo 11:00 cycle 1"},
};

static const told_case pausable_updates[] = {
    {"from the first reply", "pausable 4h", "Mo 09:00 created, Mo 10:00 reply", "Mo 12:00",
     "pausable running on-time started Mo 10:00 due Mo 14:00 elapsed 2h"},
    {"pending pauses it", "pausable 4h", "Mo 09:00 created, Mo 10:00 reply, Mo 11:00 pending",
     "Mo 12:00", "pausable paused on-time elapsed 1h held 1h projected Mo 15:00"},
    {"on hold does not", "pausable 4h", "Mo 09:00 created, Mo 10:00 reply, Mo 11:00 hold",
     "Mo 12:00", "pausable running on-time elapsed 2h held 0s"},
    {"and goes on", "pausable 4h",
     "Mo 09:00 created, Mo 10:00 reply, Mo 11:00 pending, Mo 13:00 open", "Mo 14:00",
     "pausable running on-time due Mo 16:00 elapsed 2h held 2h"},
    {"a reply while pending", "pausable 4h",
     "Mo 09:00 created, Mo 10:00 reply, Mo 11:00 pending, Mo 12:00 reply", "Mo 13:00",
     "pausable paused on-time started Mo 12:00 elapsed 0s held 1h projected Mo 17:00 cycle 2 "
     "met 1"},
    {"solved while pending", "pausable 4h",
     "Mo 09:00 created, Mo 10:00 reply, Mo 11:00 pending, Mo 13:00 solved", "Mo 14:00",
     "pausable fulfilled on-time stopped Mo 13:00 due Mo 16:00 elapsed 1h held 2h met 1"},
    {"inactive before the first reply", "pausable 4h", "Mo 09:00 created, Mo 10:00 pending",
     "Mo 12:00", "pausable inactive none"},
    {"reopened into pending", "pausable 4h",
     "Mo 09:00 created, Mo 10:00 reply, Mo 11:00 solved, Mo 12:00 pending, Mo 13:00 reply",
     "Mo 14:00", "pausable paused on-time started Mo 13:00 elapsed 0s cycle 2 met 1"},
    {"reset while pending", "pausable 4h",
     "Mo 09:00 created, Mo 10:00 reply, Mo 11:00 pending, Mo 12:00 reset pausable", "Mo 13:00",
     "pausable paused on-time started Mo 12:00 held 1h cycle 2 met 0"},
};

static const told_case sums[] = {
    {"wait: new and open count", "wait 8h", "Mo 09:00 created, Mo 10:00 open", "Mo 12:00",
     "wait running on-time started Mo 09:00 due Mo 17:00 elapsed 3h cycle 1"},
    {"wait: on hold counts", "wait 8h", "Mo 09:00 created, Mo 10:00 hold", "Mo 12:00",
     "wait running on-time elapsed 3h held 0s"},
    {"wait: pending does not", "wait 8h", "Mo 09:00 created, Mo 10:00 pending, Mo 12:00 open",
     "Mo 13:00", "wait running on-time elapsed 2h held 2h due Tu 11:00"},
    {"wait: pending", "wait 8h", "Mo 09:00 created, Mo 10:00 pending", "Mo 13:00",
     "wait paused on-time elapsed 1h held 3h projected Tu 12:00"},
    {"wait: replies do not end it", "wait 8h", "Mo 09:00 created, Mo 10:00 reply", "Mo 12:00",
     "wait running on-time elapsed 3h"},
    {"wait: solved", "wait 8h", "Mo 09:00 created, Mo 12:00 solved", "Mo 15:00",
     "wait fulfilled on-time stopped Mo 12:00 elapsed 3h met 1"},
    {"wait: reopened, it goes on", "wait 8h", "Mo 09:00 created, Mo 11:00 solved, Mo 14:00 open",
     "Mo 15:00",
     "wait running on-time started Mo 09:00 elapsed 3h wall 3h held 0s due Tu 12:00 cycle 1 met 0"},
    {"wait: reopened into pending", "wait 8h",
     "Mo 09:00 created, Mo 11:00 solved, Mo 14:00 pending", "Mo 15:00",
     "wait paused on-time elapsed 2h held 1h projected Tu 13:00"},
    {"wait: missed, and goes on", "wait 2h", "Mo 09:00 created, Mo 12:00 solved, Mo 14:00 open",
     "Mo 15:00", "wait running overdue due Mo 11:00 late 4h elapsed 4h missed 0"},
    {"wait: closed after solved", "wait 8h", "Mo 09:00 created, Mo 12:00 solved, Tu 12:00 closed",
     "We 15:00", "wait fulfilled on-time stopped Mo 12:00 elapsed 3h"},
    {"wait: created solved", "wait 8h", "Mo 09:00 created, Mo 09:00 solved, Mo 10:00 open",
     "Mo 12:00", "wait running on-time started Mo 09:00 elapsed 2h due Tu 10:00"},
    {"wait: reset", "wait 8h", "Mo 09:00 created, Mo 11:00 reset wait", "Mo 12:00",
     "wait running on-time started Mo 11:00 elapsed 1h cycle 2"},
    {"wait: cancelled for good", "wait 8h",
     "Mo 09:00 created, Mo 11:00 cancelled, Mo 12:00 solved, Mo 13:00 open", "Mo 14:00",
     "wait cancelled on-time stopped Mo 11:00 elapsed 2h"},

    {"work: new and open count", "work 8h", "Mo 09:00 created, Mo 10:00 open", "Mo 12:00",
     "work running on-time started Mo 09:00 elapsed 3h"},
    {"work: on hold does not", "work 8h", "Mo 09:00 created, Mo 10:00 hold, Mo 12:00 open",
     "Mo 13:00", "work running on-time elapsed 2h held 2h due Tu 11:00"},
    {"work: pending does not", "work 8h", "Mo 09:00 created, Mo 10:00 pending", "Mo 13:00",
     "work paused on-time elapsed 1h held 3h"},
    {"work: from pending to on hold", "work 8h",
     "Mo 09:00 created, Mo 10:00 pending, Mo 11:00 hold, Mo 12:00 open", "Mo 13:00",
     "work running on-time elapsed 2h held 2h"},
    {"work: solved while on hold", "work 8h", "Mo 09:00 created, Mo 10:00 hold, Mo 12:00 solved",
     "Mo 15:00", "work fulfilled on-time stopped Mo 12:00 elapsed 1h held 2h met 1"},
    {"work: reopened, it goes on", "work 8h", "Mo 09:00 created, Mo 11:00 solved, Mo 14:00 open",
     "Mo 15:00", "work running on-time elapsed 3h wall 3h cycle 1"},
    {"work: a host's status that behaves as on hold", "work 8h, status 16 hold",
     "Mo 09:00 created, Mo 10:00 16", "Mo 12:00", "work paused on-time elapsed 1h"},

    {"total: pending and on hold count", "total 8h",
     "Mo 09:00 created, Mo 10:00 pending, Mo 11:00 hold", "Mo 12:00",
     "total running on-time elapsed 3h held 0s due Mo 17:00"},
    {"total: solved time does not", "total 8h",
     "Mo 09:00 created, Mo 10:00 pending, Mo 11:00 solved, Mo 14:00 open", "Mo 15:00",
     "total running on-time elapsed 3h wall 3h due Tu 12:00 cycle 1"},
    {"total: solved", "total 2h", "Mo 09:00 created, Mo 12:00 solved", "Mo 15:00",
     "total fulfilled overdue stopped Mo 12:00 due Mo 11:00 late 1h missed 1"},
    {"total: closed", "total 8h", "Mo 09:00 created, Mo 12:00 closed", "Mo 15:00",
     "total fulfilled on-time stopped Mo 12:00 met 1"},
    {"total: twice reopened", "total 8h",
     "Mo 09:00 created, Mo 10:00 solved, Mo 11:00 open, Mo 12:00 solved, Mo 13:00 open",
     "Mo 14:00", "total running on-time elapsed 3h due Tu 11:00"},
    {"total: reset while solved", "total 8h",
     "Mo 09:00 created, Mo 10:00 solved, Mo 11:00 reset total, Mo 12:00 open", "Mo 13:00",
     "total running on-time started Mo 09:00 elapsed 2h cycle 1"},
    {"all three", "wait 8h, work 8h, total 8h",
     "Mo 09:00 created, Mo 10:00 pending, Mo 11:00 hold, Mo 13:00 open, Mo 14:00 solved",
     "Mo 15:00", "wait fulfilled on-time elapsed 4h | work fulfilled on-time elapsed 2h | "
     "total fulfilled on-time elapsed 5h"},
};

static const told_case groups[] = {
    {"no group", "group 4h", "Mo 09:00 created", "Mo 12:00", "group inactive none cycle 0"},
    {"from the assignment", "group 4h", "Mo 09:00 created, Mo 10:00 group 5", "Mo 12:00",
     "group running on-time started Mo 10:00 due Mo 14:00 elapsed 2h cycle 1"},
    {"the initial group", "group 4h", "Mo 09:00 created, Mo 09:00 group 5", "Mo 12:00",
     "group running on-time started Mo 09:00 due Mo 13:00 elapsed 3h cycle 1"},
    {"another group", "group 4h", "Mo 09:00 created, Mo 10:00 group 5, Mo 12:00 group 6",
     "Mo 13:00", "group running on-time started Mo 12:00 due Mo 16:00 elapsed 1h cycle 2 met 1"},
    {"another group, late", "group 4h", "Mo 09:00 created, Mo 10:00 group 5, Mo 15:00 group 6",
     "Mo 16:00", "group running on-time started Mo 15:00 cycle 2 met 0 missed 1"},
    {"the same group again", "group 4h", "Mo 09:00 created, Mo 10:00 group 5, Mo 12:00 group 5",
     "Mo 13:00", "group running on-time started Mo 10:00 elapsed 3h cycle 1 met 0"},
    {"back to the first", "group 4h",
     "Mo 09:00 created, Mo 10:00 group 5, Mo 11:00 group 6, Mo 12:00 group 5", "Mo 13:00",
     "group running on-time started Mo 12:00 cycle 3 met 2"},
    {"to none", "group 4h", "Mo 09:00 created, Mo 10:00 group 5, Mo 12:00 group 0", "Mo 13:00",
     "group fulfilled on-time stopped Mo 12:00 elapsed 2h cycle 1 met 1"},
    {"from none again", "group 4h",
     "Mo 09:00 created, Mo 10:00 group 5, Mo 12:00 group 0, Mo 13:00 group 5", "Mo 14:00",
     "group running on-time started Mo 13:00 cycle 2 met 1"},
    {"none is not assigned", "group 4h", "Mo 09:00 created, Mo 10:00 group 0", "Mo 12:00",
     "group inactive none cycle 0"},
    {"nothing pauses it", "group 4h", "Mo 09:00 created, Mo 10:00 group 5, Mo 11:00 pending",
     "Mo 12:00", "group running on-time elapsed 2h held 0s"},
    {"solving ends it", "group 4h", "Mo 09:00 created, Mo 10:00 group 5, Mo 12:00 solved",
     "Mo 13:00", "group fulfilled on-time stopped Mo 12:00 elapsed 2h met 1"},
    {"reopened, anew for the group it has", "group 4h",
     "Mo 09:00 created, Mo 10:00 group 5, Mo 12:00 solved, Mo 14:00 open", "Mo 15:00",
     "group running on-time started Mo 14:00 due Tu 10:00 elapsed 1h cycle 2 met 1"},
    {"reopened without a group", "group 4h",
     "Mo 09:00 created, Mo 10:00 group 5, Mo 11:00 solved, Mo 12:00 group 0, Mo 13:00 open",
     "Mo 14:00", "group fulfilled on-time stopped Mo 11:00 cycle 1 met 1"},
    {"reopened with another group", "group 4h",
     "Mo 09:00 created, Mo 10:00 group 5, Mo 11:00 solved, Mo 12:00 group 6, Mo 13:00 open",
     "Mo 14:00", "group running on-time started Mo 13:00 elapsed 1h cycle 2 met 1"},
    {"the first group while solved", "group 4h",
     "Mo 09:00 created, Mo 10:00 solved, Mo 11:00 group 5, Mo 12:00 open", "Mo 13:00",
     "group running on-time started Mo 12:00 cycle 1 met 0"},
    {"the first group while solved, and taken away", "group 4h",
     "Mo 09:00 created, Mo 10:00 solved, Mo 11:00 group 5, Mo 11:30 group 0, Mo 12:00 open",
     "Mo 13:00", "group inactive none cycle 0"},
    {"taken away before it was solved", "group 4h",
     "Mo 09:00 created, Mo 10:00 group 5, Mo 11:00 group 0, Mo 12:00 solved, Mo 13:00 open",
     "Mo 14:00", "group fulfilled on-time stopped Mo 11:00 cycle 1"},
    {"created solved, in a group", "group 4h",
     "Mo 09:00 created, Mo 09:00 solved, Mo 09:00 group 5", "Mo 12:00", "group inactive none"},
    {"created solved, in a group, and reopened", "group 4h",
     "Mo 09:00 created, Mo 09:00 solved, Mo 09:00 group 5, Mo 10:00 open", "Mo 12:00",
     "group running on-time started Mo 10:00 elapsed 2h cycle 1 met 0"},
    {"reset", "group 4h", "Mo 09:00 created, Mo 10:00 group 5, Mo 12:00 reset group", "Mo 13:00",
     "group running on-time started Mo 12:00 cycle 2 met 0 missed 0"},
    {"cancelled for good", "group 4h",
     "Mo 09:00 created, Mo 10:00 group 5, Mo 12:00 cancelled, Mo 13:00 group 6", "Mo 14:00",
     "group cancelled on-time stopped Mo 12:00 cycle 1"},
};

/* ---- the host's own, in every shape ---- */

#define SHAPED(shape) "own32 4h, metric own32 " shape " start=host40 fulfil=host41 cancel=host42"

static const told_case shapes[] = {
    {"once: it starts", SHAPED("once"), "Mo 09:00 created, Mo 10:00 host 40", "Mo 12:00",
     "own32 running on-time started Mo 10:00 due Mo 14:00 elapsed 2h cycle 1"},
    {"once: only once", SHAPED("once"),
     "Mo 09:00 created, Mo 10:00 host 40, Mo 11:00 host 41, Mo 12:00 host 40", "Mo 13:00",
     "own32 fulfilled on-time started Mo 10:00 stopped Mo 11:00 cycle 1 met 1"},
    {"once: not again when cancelled", SHAPED("once"),
     "Mo 09:00 created, Mo 10:00 host 40, Mo 11:00 host 42, Mo 12:00 host 40", "Mo 13:00",
     "own32 cancelled on-time stopped Mo 11:00 cycle 1"},
    {"once: a start while done waits for the reopening", SHAPED("once"),
     "Mo 09:00 created, Mo 10:00 solved, Mo 11:00 host 40, Mo 12:00 open", "Mo 13:00",
     "own32 running on-time started Mo 12:00 elapsed 1h cycle 1"},
    {"once: a start while done is inactive till then", SHAPED("once"),
     "Mo 09:00 created, Mo 10:00 solved, Mo 11:00 host 40", "Mo 13:00", "own32 inactive none"},
    {"turn: one after the other", SHAPED("turn"),
     "Mo 09:00 created, Mo 10:00 host 40, Mo 10:30 host 40, Mo 11:00 host 41, Mo 12:00 host 40",
     "Mo 13:00", "own32 running on-time started Mo 12:00 elapsed 1h cycle 2 met 1"},
    {"turn: after a cancelled one", SHAPED("turn"),
     "Mo 09:00 created, Mo 10:00 host 40, Mo 11:00 host 42, Mo 12:00 host 40", "Mo 13:00",
     "own32 running on-time started Mo 12:00 cycle 2 met 0"},
    {"turn: a start while done waits for the reopening", SHAPED("turn"),
     "Mo 09:00 created, Mo 10:00 host 40, Mo 11:00 solved, Mo 12:00 host 40, Mo 13:00 open",
     "Mo 14:00", "own32 running on-time started Mo 13:00 cycle 2 met 1"},
    {"turn: what ends it while done forgets it", SHAPED("turn"),
     "Mo 09:00 created, Mo 11:00 solved, Mo 12:00 host 40, Mo 12:30 host 41, Mo 13:00 open",
     "Mo 14:00", "own32 inactive none cycle 0"},
    {"turn: nothing open is nothing to fulfil or cancel", SHAPED("turn"),
     "Mo 09:00 created, Mo 10:00 host 41, Mo 11:00 host 42", "Mo 12:00", "own32 inactive none"},
    {"periodic: one after the other", "own32 4h, metric own32 periodic start=host40 fulfil=host40",
     "Mo 09:00 created, Mo 10:00 host 40, Mo 12:00 host 40", "Mo 13:00",
     "own32 running on-time started Mo 12:00 elapsed 1h cycle 2 met 1"},
    {"periodic: a start while done is forgotten", SHAPED("periodic"),
     "Mo 09:00 created, Mo 10:00 solved, Mo 11:00 host 40, Mo 12:00 open", "Mo 13:00",
     "own32 inactive none"},
    {"sum: it goes on", SHAPED("sum"),
     "Mo 09:00 created, Mo 10:00 host 40, Mo 11:00 host 41, Mo 13:00 host 40", "Mo 14:00",
     "own32 running on-time started Mo 10:00 stopped none due Mo 16:00 elapsed 2h wall 2h held 0s "
     "cycle 1 met 0"},
    {"sum: stopped", SHAPED("sum"),
     "Mo 09:00 created, Mo 10:00 host 40, Mo 11:00 host 41, Mo 13:00 host 40, Mo 14:00 host 41",
     "Mo 15:00", "own32 fulfilled on-time stopped Mo 14:00 due Mo 16:00 elapsed 2h cycle 1 met 1"},
    {"sum: missed by all of it", SHAPED("sum"),
     "Mo 09:00 created, Mo 09:00 host 40, Mo 12:00 host 41, Mo 13:00 host 40, Mo 15:00 host 41",
     "Mo 16:00", "own32 fulfilled overdue due Mo 14:00 late 1h elapsed 5h missed 1"},
    {"sum: started while it runs", SHAPED("sum"),
     "Mo 09:00 created, Mo 10:00 host 40, Mo 11:00 host 40", "Mo 12:00",
     "own32 running on-time started Mo 10:00 elapsed 2h"},
    {"sum: not again when cancelled", SHAPED("sum"),
     "Mo 09:00 created, Mo 10:00 host 40, Mo 11:00 host 42, Mo 12:00 host 40", "Mo 13:00",
     "own32 cancelled on-time stopped Mo 11:00 elapsed 1h cycle 1"},
    {"sum: goes on into a pause", SHAPED("sum") " pause=pending",
     "Mo 09:00 created, Mo 10:00 host 40, Mo 11:00 host 41, Mo 12:00 pending, Mo 13:00 host 40",
     "Mo 14:00", "own32 paused on-time elapsed 1h held 1h projected Mo 17:00"},
    {"sum: a start while done goes on at the reopening", SHAPED("sum"),
     "Mo 09:00 created, Mo 09:00 host 40, Mo 10:00 host 41, Mo 11:00 solved, Mo 12:00 host 40, "
     "Mo 13:00 open", "Mo 14:00",
     "own32 running on-time started Mo 09:00 elapsed 2h cycle 1 met 0"},
    {"cycle: one after the other", SHAPED("cycle"),
     "Mo 09:00 created, Mo 10:00 host 40, Mo 11:00 host 41, Mo 12:00 host 40", "Mo 13:00",
     "own32 running on-time started Mo 12:00 elapsed 1h cycle 2 met 1"},
    {"cycle: a start while done waits for the reopening", SHAPED("cycle"),
     "Mo 09:00 created, Mo 10:00 solved, Mo 11:00 host 40, Mo 12:00 open", "Mo 13:00",
     "own32 running on-time started Mo 12:00 cycle 1"},
    {"every number of a metric", "own63 4h, metric own63 once start=created", "Mo 09:00 created",
     "Mo 10:00", "own63 running on-time due Mo 13:00"},
    {"two of the host's own", "own32 4h, own33 2h, metric own32 once start=host40, "
     "metric own33 once start=host41",
     "Mo 09:00 created, Mo 10:00 host 40, Mo 11:00 host 41", "Mo 12:00",
     "own32 running on-time started Mo 10:00 due Mo 14:00 | "
     "own33 running on-time started Mo 11:00 due Mo 13:00"},
    {"a built-in one of another rule", "first 4h, metric first turn start=host40 fulfil=note",
     "Mo 09:00 created, Mo 10:00 host 40, Mo 11:00 reply, Mo 12:00 note, Mo 13:00 host 40",
     "Mo 14:00", "first running on-time started Mo 13:00 cycle 2 met 1"},
};

/* ---- what makes something happen ---- */

#define STARTS(trigger) "own32 4h, metric own32 cycle start=" trigger " fulfil=host41"
#define ENDS(trigger) "own32 4h, metric own32 cycle start=created fulfil=" trigger
#define CANCELS(trigger) "own32 4h, metric own32 cycle start=created cancel=" trigger
#define STARTED_AT_TEN "own32 running on-time started Mo 10:00 elapsed 2h cycle 1"
#define ENDED_AT_TEN "own32 fulfilled on-time stopped Mo 10:00 elapsed 1h met 1"
#define CANCELLED_AT_TEN "own32 cancelled on-time stopped Mo 10:00 elapsed 1h met 0"
#define STILL_RUNNING "own32 running on-time started Mo 09:00 elapsed 3h cycle 1"

static const told_case triggers[] = {
    {"starts: a creation", STARTS("created"), "Mo 09:00 created machine", "Mo 12:00",
     STILL_RUNNING},
    {"starts: a customer's creation is a message", STARTS("customer"), "Mo 09:00 created",
     "Mo 12:00", STILL_RUNNING},
    {"starts: a message", STARTS("customer"), "Mo 09:00 created agent, Mo 10:00 message",
     "Mo 12:00", STARTED_AT_TEN},
    {"starts: a reply", STARTS("reply"), "Mo 09:00 created, Mo 10:00 reply", "Mo 12:00",
     STARTED_AT_TEN},
    {"starts: a note", STARTS("note"), "Mo 09:00 created, Mo 09:30 auto, Mo 10:00 note",
     "Mo 12:00", STARTED_AT_TEN},
    {"starts: an automatic reply", STARTS("auto"),
     "Mo 09:00 created, Mo 09:30 note, Mo 10:00 auto", "Mo 12:00", STARTED_AT_TEN},
    {"starts: a priority", STARTS("priority"), "Mo 09:00 created, Mo 10:00 priority 3",
     "Mo 12:00", STARTED_AT_TEN},
    {"starts: a priority, with a target of its own", STARTS("priority") ", own32/3 1h",
     "Mo 09:00 created, Mo 10:00 priority 3", "Mo 10:30",
     "own32 running on-time started Mo 10:00 due Mo 11:00 cycle 1"},
    {"starts: a priority, once only where a change restarts",
     STARTS("priority") ", own32/3 1h, option own32 target-changed restarts",
     "Mo 09:00 created, Mo 09:15 priority 2, Mo 09:30 host 41, Mo 10:00 priority 3", "Mo 10:30",
     "own32 running on-time started Mo 10:00 due Mo 11:00 cycle 2 met 1"},
    {"starts: a group", STARTS("group"), "Mo 09:00 created, Mo 10:00 group 5", "Mo 12:00",
     STARTED_AT_TEN},
    {"starts: that nobody need reply", STARTS("needless"),
     "Mo 09:00 created, Mo 10:00 needless", "Mo 12:00", STARTED_AT_TEN},
    {"starts: the first kind of the host's", STARTS("host32"),
     "Mo 09:00 created, Mo 09:30 host 33, Mo 10:00 host 32", "Mo 12:00", STARTED_AT_TEN},
    {"starts: the last kind of the host's", STARTS("host63"),
     "Mo 09:00 created, Mo 09:30 host 62, Mo 10:00 host 63", "Mo 12:00", STARTED_AT_TEN},
    {"starts: any of several", STARTS("host40+note+status3"),
     "Mo 09:00 created, Mo 10:00 pending, Mo 11:00 note", "Mo 12:00", STARTED_AT_TEN},

    {"ends: a message", ENDS("customer"), "Mo 09:00 created agent, Mo 10:00 message", "Mo 12:00",
     ENDED_AT_TEN},
    {"ends: a note", ENDS("note"), "Mo 09:00 created, Mo 09:30 auto, Mo 10:00 note", "Mo 12:00",
     ENDED_AT_TEN},
    {"ends: a group", ENDS("group"), "Mo 09:00 created, Mo 10:00 group 5", "Mo 12:00",
     ENDED_AT_TEN},
    {"ends: a condition set", ENDS("condition5"), "Mo 09:00 created, Mo 10:00 condition 5",
     "Mo 12:00", ENDED_AT_TEN},
    {"ends: a status", ENDS("pending"), "Mo 09:00 created, Mo 10:00 pending", "Mo 12:00",
     ENDED_AT_TEN},
    {"ends: nothing but solving", "own32 4h, metric own32 cycle start=created",
     "Mo 09:00 created, Mo 10:00 solved", "Mo 12:00", ENDED_AT_TEN},
    {"cancels: a condition", CANCELS("condition3"), "Mo 09:00 created, Mo 10:00 condition 3",
     "Mo 12:00", CANCELLED_AT_TEN},
    {"cancels: a condition that ceases", CANCELS("uncondition3"),
     "Mo 09:00 created, Mo 09:00 condition 3, Mo 10:00 uncondition 3", "Mo 12:00",
     CANCELLED_AT_TEN},
    {"cancels: a status", CANCELS("hold"), "Mo 09:00 created, Mo 10:00 hold", "Mo 12:00",
     CANCELLED_AT_TEN},
    {"cancels: a host's event", CANCELS("host40"), "Mo 09:00 created, Mo 10:00 host 40",
     "Mo 12:00", CANCELLED_AT_TEN},
    {"cancels: a solve, were it not to stop it first", CANCELS("solved"),
     "Mo 09:00 created, Mo 10:00 solved", "Mo 12:00", ENDED_AT_TEN},

    {"statuses: entered", STARTS("pending"), "Mo 09:00 created, Mo 09:30 hold, Mo 10:00 pending",
     "Mo 12:00", STARTED_AT_TEN},
    {"statuses: set again is not entered", STARTS("pending"),
     "Mo 09:00 created, Mo 10:00 pending, Mo 10:30 host 41, Mo 11:00 pending", "Mo 12:00",
     "own32 fulfilled on-time started Mo 10:00 stopped Mo 10:30 cycle 1"},
    {"statuses: from one to another of the trigger is not entered", STARTS("pending+hold"),
     "Mo 09:00 created, Mo 10:00 pending, Mo 10:30 host 41, Mo 11:00 hold", "Mo 12:00",
     "own32 fulfilled on-time started Mo 10:00 stopped Mo 10:30 cycle 1"},
    {"statuses: entered again from outside", STARTS("pending+hold"),
     "Mo 09:00 created, Mo 09:15 pending, Mo 09:30 host 41, Mo 09:45 open, Mo 10:00 hold",
     "Mo 12:00", "own32 running on-time started Mo 10:00 elapsed 2h cycle 2 met 1"},
    {"statuses: the initial one is entered", STARTS("pending"),
     "Mo 09:00 created, Mo 09:00 pending", "Mo 12:00", STILL_RUNNING},
    {"statuses: a ticket is created new", STARTS("new"), "Mo 09:00 created", "Mo 12:00",
     STILL_RUNNING},
    {"statuses: unless it is created otherwise", STARTS("new"), "Mo 09:00 created, Mo 09:00 open",
     "Mo 12:00", "own32 inactive none"},
    {"statuses: those that behave as it", STARTS("pending") ", status 16 pending",
     "Mo 09:00 created, Mo 10:00 16", "Mo 12:00", STARTED_AT_TEN},
    {"statuses: from one that behaves as it is not entered",
     STARTS("pending") ", status 16 pending",
     "Mo 09:00 created, Mo 10:00 16, Mo 10:30 host 41, Mo 11:00 pending", "Mo 12:00",
     "own32 fulfilled on-time started Mo 10:00 stopped Mo 10:30 cycle 1"},
    {"statuses: one of the host's alone", STARTS("status16") ", status 16 pending",
     "Mo 09:00 created, Mo 09:30 pending, Mo 10:00 16", "Mo 12:00", STARTED_AT_TEN},
    {"statuses: solved and closed are one trigger", ENDS("solved+closed"),
     "Mo 09:00 created, Mo 10:00 solved, Mo 11:00 closed", "Mo 12:00", ENDED_AT_TEN},

    {"conditions: set", STARTS("condition5"), "Mo 09:00 created, Mo 10:00 condition 5",
     "Mo 12:00", STARTED_AT_TEN},
    {"conditions: another one", STARTS("condition5"), "Mo 09:00 created, Mo 10:00 condition 6",
     "Mo 12:00", "own32 inactive none"},
    {"conditions: set already", STARTS("condition5"),
     "Mo 09:00 created, Mo 10:00 condition 5, Mo 10:30 host 41, Mo 11:00 condition 5", "Mo 12:00",
     "own32 fulfilled on-time stopped Mo 10:30 cycle 1"},
    {"conditions: set anew", STARTS("condition5"),
     "Mo 09:00 created, Mo 09:15 condition 5, Mo 09:30 host 41, Mo 09:45 uncondition 5, "
     "Mo 10:00 condition 5", "Mo 12:00", "own32 running on-time started Mo 10:00 cycle 2"},
    {"conditions: cleared", STARTS("uncondition5"),
     "Mo 09:00 created, Mo 09:30 condition 5, Mo 10:00 uncondition 5", "Mo 12:00",
     STARTED_AT_TEN},
    {"conditions: cleared already", STARTS("uncondition5"),
     "Mo 09:00 created, Mo 10:00 uncondition 5", "Mo 12:00", "own32 inactive none"},
    {"conditions: that held from the beginning", STARTS("condition5"),
     "Mo 09:00 created, Mo 09:00 condition 5", "Mo 12:00", STILL_RUNNING},
    {"conditions: while it holds", "own32 4h, metric own32 cycle start=condition5 "
     "fulfil=uncondition5", "Mo 09:00 created, Mo 10:00 condition 5, Mo 11:00 uncondition 5",
     "Mo 12:00", "own32 fulfilled on-time started Mo 10:00 stopped Mo 11:00 elapsed 1h met 1"},
    {"conditions: the first and the last number",
     STARTS("condition0") " cancel=condition63",
     "Mo 09:00 created, Mo 10:00 condition 0, Mo 11:00 condition 63", "Mo 12:00",
     "own32 cancelled on-time started Mo 10:00 stopped Mo 11:00"},

    {"one event: fulfils rather than cancels",
     "own32 4h, metric own32 cycle start=created fulfil=host40 cancel=host40",
     "Mo 09:00 created, Mo 10:00 host 40", "Mo 12:00", ENDED_AT_TEN},
    {"one event: fulfils and starts",
     "own32 4h, metric own32 cycle start=created+host40 fulfil=host40",
     "Mo 09:00 created, Mo 10:00 host 40", "Mo 12:00",
     "own32 running on-time started Mo 10:00 cycle 2 met 1"},
    {"one event: cancels and starts",
     "own32 4h, metric own32 cycle start=created+host40 cancel=host40",
     "Mo 09:00 created, Mo 10:00 host 40", "Mo 12:00",
     "own32 running on-time started Mo 10:00 cycle 2 met 0 missed 0"},
    {"one event: solves, fulfils and would start",
     "own32 4h, metric own32 cycle start=created+solved fulfil=solved",
     "Mo 09:00 created, Mo 10:00 solved", "Mo 12:00", ENDED_AT_TEN},
    {"one event: starts and pauses", STARTS("pending") " pause=pending",
     "Mo 09:00 created, Mo 10:00 pending", "Mo 12:00",
     "own32 paused on-time started Mo 10:00 elapsed 0s held 2h"},
    {"one event: resumes and starts over",
     "own32 4h, metric own32 cycle start=host40 fulfil=host41 resume=host40 pause=pending, "
     "option own32 anchor newest",
     "Mo 09:00 created, Mo 09:15 host 40, Mo 09:30 pending, Mo 10:00 host 40", "Mo 12:00",
     "own32 running on-time started Mo 10:00 elapsed 2h held 0s cycle 1"},
    {"cancelled: later events are ignored for good", STARTS("host40"),
     "Mo 09:00 created, Mo 09:30 cancelled, Mo 10:00 host 40", "Mo 12:00", "own32 inactive none"},
};

/* ---- pauses ---- */

#define PAUSED_BY(what) "own32 4h, metric own32 once start=created fulfil=host41 pause=" what

static const told_case pauses[] = {
    {"a condition pauses", PAUSED_BY("condition5"), "Mo 09:00 created, Mo 10:00 condition 5",
     "Mo 12:00", "own32 paused on-time elapsed 1h held 2h projected Mo 15:00"},
    {"and lets it run again", PAUSED_BY("condition5"),
     "Mo 09:00 created, Mo 10:00 condition 5, Mo 12:00 uncondition 5", "Mo 13:00",
     "own32 running on-time due Mo 15:00 elapsed 2h held 2h"},
    {"another condition does not", PAUSED_BY("condition5"),
     "Mo 09:00 created, Mo 10:00 condition 4", "Mo 12:00", "own32 running on-time elapsed 3h"},
    {"two conditions, as long as one holds", PAUSED_BY("condition5+condition6"),
     "Mo 09:00 created, Mo 10:00 condition 5, Mo 11:00 condition 6, Mo 12:00 uncondition 5, "
     "Mo 13:00 uncondition 6", "Mo 14:00", "own32 running on-time elapsed 2h held 3h"},
    {"a status and a condition", PAUSED_BY("pending+condition5"),
     "Mo 09:00 created, Mo 10:00 pending, Mo 11:00 condition 5, Mo 12:00 open, "
     "Mo 13:00 uncondition 5", "Mo 14:00", "own32 running on-time elapsed 2h held 3h"},
    {"a condition that is set twice is cleared once", PAUSED_BY("condition5"),
     "Mo 09:00 created, Mo 10:00 condition 5, Mo 10:30 condition 5, Mo 11:00 uncondition 5",
     "Mo 12:00", "own32 running on-time elapsed 2h held 1h"},
    {"from the beginning", PAUSED_BY("condition5"),
     "Mo 09:00 created, Mo 09:00 condition 5, Mo 10:00 uncondition 5", "Mo 12:00",
     "own32 running on-time started Mo 09:00 elapsed 2h held 1h"},
    {"set and cleared at one instant", PAUSED_BY("condition5"),
     "Mo 09:00 created, Mo 10:00 condition 5, Mo 10:00 uncondition 5", "Mo 12:00",
     "own32 running on-time elapsed 3h held 0s"},
    {"fulfilled while paused", PAUSED_BY("condition63"),
     "Mo 09:00 created, Mo 10:00 condition 63, Mo 12:00 host 41", "Mo 13:00",
     "own32 fulfilled on-time stopped Mo 12:00 elapsed 1h held 2h due Mo 15:00"},
    {"a status that is done", PAUSED_BY("solved") ", option own32 solved keeps-running",
     "Mo 09:00 created, Mo 10:00 solved, Mo 12:00 open", "Mo 13:00",
     "own32 running on-time elapsed 2h held 2h"},
    {"new pauses, too", PAUSED_BY("new"), "Mo 09:00 created, Mo 10:00 open", "Mo 12:00",
     "own32 running on-time started Mo 09:00 elapsed 2h held 1h"},
    {"a status set on top of the rule", PAUSED_BY("pending") ", pause own32 hold",
     "Mo 09:00 created, Mo 10:00 hold", "Mo 12:00", "own32 paused on-time elapsed 1h"},
    {"a status taken from the rule", PAUSED_BY("pending") ", nopause own32 pending",
     "Mo 09:00 created, Mo 10:00 pending", "Mo 12:00", "own32 running on-time elapsed 3h"},
    {"the rule forgets what was set before",
     "own32 4h, metric own32 once start=created, pause own32 hold, metric own32 once start=created "
     "pause=pending", "Mo 09:00 created, Mo 10:00 hold", "Mo 12:00",
     "own32 running on-time elapsed 3h"},
    {"what comes before the start does not count", "own32 4h, metric own32 once start=host40 "
     "pause=condition5",
     "Mo 09:00 created, Mo 09:30 condition 5, Mo 10:00 host 40, Mo 11:00 uncondition 5",
     "Mo 12:00", "own32 running on-time started Mo 10:00 elapsed 1h held 1h"},
    {"a resumed clock, and the next", "own32 4h, metric own32 turn start=host40 fulfil=host41 "
     "resume=reply pause=pending",
     "Mo 09:00 created, Mo 09:00 pending, Mo 10:00 host 40, Mo 11:00 reply, Mo 12:00 host 41",
     "Mo 13:00", "own32 fulfilled on-time stopped Mo 12:00 elapsed 1h held 1h met 1"},
};

/* ---- from policy to policy ---- */

static const told_case policies[] = {
    {"equal calendars are one: of two priorities",
     "first/1 1h night, first/2 1h night, option first target-changed restarts",
     "Mo 09:00 created, Mo 09:00 priority 1, Mo 10:00 priority 2", "Mo 12:00",
     "first running on-time started Mo 09:00 due Mo 23:00 cycle 1"},
    {"equal calendars are one: of two policies",
     "first 4h, option first target-changed restarts | "
     "first 4h, option first target-changed restarts",
     "Mo 09:00 created, Mo 10:00 policy 1", "Mo 12:00",
     "first running on-time started Mo 09:00 due Mo 13:00 cycle 1"},
    {"the first is in force from the creation on", "first 4h | first 2h", "Mo 09:00 created",
     "Mo 10:00", "first running on-time due Mo 13:00 target 4h"},
    {"unless an event at that instant says otherwise", "first 4h | first 2h",
     "Mo 09:00 created, Mo 09:00 policy 1", "Mo 10:00",
     "first running on-time started Mo 09:00 due Mo 11:00 target 2h"},
    {"the next one holds from the start", "first 4h | first 2h",
     "Mo 09:00 created, Mo 10:00 policy 1", "Mo 10:30",
     "first running on-time started Mo 09:00 due Mo 11:00 target 2h elapsed 1h30m cycle 1"},
    {"but not yet", "first 4h | first 2h", "Mo 09:00 created, Mo 12:00 policy 1", "Mo 11:59:59",
     "first running on-time due Mo 13:00 target 4h"},
    {"not of a clock that has stopped", "first 4h | first 2h",
     "Mo 09:00 created, Mo 12:00 reply, Mo 13:00 policy 1", "Mo 14:00",
     "first fulfilled on-time due Mo 13:00 target 4h met 1"},
    {"with the priority's target", "first 4h | first 4h, first/3 2h",
     "Mo 09:00 created, Mo 09:00 priority 3, Mo 10:00 policy 1", "Mo 10:30",
     "first running on-time due Mo 11:00 target 2h priority 3"},
    {"without a target for the metric", "first 4h | resolution 8h",
     "Mo 09:00 created, Mo 10:00 policy 1", "Mo 14:00",
     "first cancelled on-time started Mo 09:00 stopped Mo 10:00 elapsed 1h met 0 missed 0 | "
     "resolution running on-time started Mo 09:00 due Mo 17:00 elapsed 5h"},
    {"without a target for the metric, when it is late", "first 4h | resolution 8h",
     "Mo 09:00 created, Mo 14:00 policy 1", "Mo 15:00",
     "first cancelled overdue stopped Mo 14:00 breached Mo 13:00 late 1h missed 0"},
    {"without a target for the metric, once it has stopped", "first 4h | resolution 8h",
     "Mo 09:00 created, Mo 09:30 reply, Mo 10:00 policy 1", "Mo 14:00",
     "first fulfilled on-time stopped Mo 09:30 met 1"},
    {"a target of another priority is one", "first 4h | first/3 2h",
     "Mo 09:00 created, Mo 10:00 policy 1", "Mo 12:00",
     "first running none due none target none elapsed 3h"},
    {"none", "first 4h", "Mo 09:00 created, Mo 10:00 policy none", "Mo 12:00",
     "first cancelled on-time stopped Mo 10:00 elapsed 1h"},
    {"none: nothing starts any more", "next 4h",
     "Mo 09:00 created, Mo 10:00 reply, Mo 11:00 policy none, Mo 12:00 message", "Mo 13:00",
     "next inactive none cycle 0"},
    {"none, and back again", "first 4h",
     "Mo 09:00 created, Mo 10:00 policy none, Mo 12:00 policy 0", "Mo 12:30",
     "first running on-time started Mo 09:00 due Mo 13:00 elapsed 3h30m cycle 1"},
    {"none, as it was before it was back", "first 4h",
     "Mo 09:00 created, Mo 10:00 policy none, Mo 12:00 policy 0", "Mo 11:00",
     "first cancelled on-time stopped Mo 10:00"},
    {"created without one", "first 4h",
     "Mo 09:00 created, Mo 09:00 policy none, Mo 11:00 policy 0", "Mo 12:00",
     "first running on-time started Mo 09:00 due Mo 13:00 elapsed 3h cycle 1"},
    {"created without one, for good", "first 4h", "Mo 09:00 created, Mo 09:00 policy none",
     "Mo 10:00", "first inactive none cycle 0"},
    {"created without one, for good, and answered", "first 4h",
     "Mo 09:00 created, Mo 09:00 policy none, Mo 10:00 reply", "Mo 11:00",
     "first inactive none cycle 0"},
    {"created with one that lacks the metric", "first 4h | resolution 4h",
     "Mo 09:00 created, Mo 09:00 policy 1", "Mo 10:00", "first inactive none cycle 0"},
    {"ended while there was none", "first 4h",
     "Mo 09:00 created, Mo 10:00 policy none, Mo 11:00 reply, Mo 12:00 policy 0", "Mo 13:00",
     "first fulfilled none stopped Mo 11:00 due none target none met 0 missed 0"},
    {"another policy's calendar", "resolution 4h | resolution 4h night, "
     "option resolution target-changed from-change", "Mo 09:00 created, Mo 11:00 policy 1",
     "Mo 23:00", "resolution running on-time started Mo 11:00 elapsed 1h due Tu 02:00"},
    {"the same one again", "first 4h | first 4h",
     "Mo 09:00 created, Mo 10:00 policy 1, Mo 11:00 policy 0", "Mo 12:00",
     "first running on-time started Mo 09:00 due Mo 13:00 elapsed 3h cycle 1"},
    {"the last rule says what pauses, from the beginning",
     "resolution 4h | resolution 4h, nopause resolution pending",
     "Mo 09:00 created, Mo 10:00 pending, Mo 11:00 open, Mo 12:00 policy 1", "Mo 12:30",
     "resolution running on-time due Mo 13:00 elapsed 3h30m held 0s"},
    {"the last rule as it was by then",
     "resolution 4h | resolution 4h, nopause resolution pending",
     "Mo 09:00 created, Mo 10:00 pending, Mo 11:00 open, Mo 12:00 policy 1", "Mo 11:30",
     "resolution running on-time due Mo 14:00 elapsed 1h30m held 1h"},
    {"the last rule says what starts and ends it",
     "first 4h | first 4h, metric first once start=host40 fulfil=note",
     "Mo 09:00 created, Mo 10:00 host 40, Mo 11:00 reply, Mo 12:00 policy 1", "Mo 13:00",
     "first running on-time started Mo 10:00 elapsed 3h"},
    {"the last rule's statuses", "resolution 4h, status 16 open | resolution 4h, status 16 pending",
     "Mo 09:00 created, Mo 10:00 16, Mo 11:00 policy 1", "Mo 12:00",
     "resolution paused on-time elapsed 1h held 2h"},
    {"a metric that the first does not know",
     "first 4h | own32 4h, metric own32 once start=created",
     "Mo 09:00 created, Mo 10:00 policy 1", "Mo 11:00",
     "own32 running on-time started Mo 09:00 due Mo 13:00 elapsed 2h"},
    {"three", "first 8h | first 4h | first 2h",
     "Mo 09:00 created, Mo 09:30 policy 2, Mo 10:00 policy 1", "Mo 10:30",
     "first running on-time due Mo 13:00 target 4h"},
    {"starts: the first one, at the creation", STARTS("policy"), "Mo 09:00 created", "Mo 12:00",
     STILL_RUNNING},
    {"starts: when the last one was applied", STARTS("policy") " | " STARTS("policy"),
     "Mo 09:00 created, Mo 10:00 policy 1", "Mo 12:00", STARTED_AT_TEN},
    {"starts: only the last one", STARTS("policy") " | " STARTS("policy"),
     "Mo 09:00 created, Mo 09:30 policy 1, Mo 10:00 policy 0", "Mo 12:00", STARTED_AT_TEN},
    {"starts: as it was before the last one", STARTS("policy") " | " STARTS("policy"),
     "Mo 09:00 created, Mo 10:00 policy 1", "Mo 09:30",
     "own32 running on-time started Mo 09:00 elapsed 30m cycle 1"},
    {"ends: when the last one was applied", ENDS("policy") " | " ENDS("policy"),
     "Mo 09:00 created, Mo 10:00 policy 1", "Mo 12:00", ENDED_AT_TEN},
};

/* ---- stages and allowances ---- */

static const told_case stages[] = {
    {"business time, then the wall's", "resolution 2h then 3h", "Mo 16:00 created", "Tu 11:00",
     "resolution running on-time due Tu 13:00 target 5h elapsed 3h left 2h wall 19h"},
    {"within the first", "resolution 2h then 3h", "Mo 16:00 created", "Mo 20:00",
     "resolution running on-time due Tu 13:00 elapsed 1h left 4h"},
    {"at the seam", "resolution 2h then 3h", "Mo 16:00 created", "Tu 10:00",
     "resolution running on-time elapsed 2h left 3h"},
    {"over the weekend", "resolution 1h then 24h", "Fr 16:00 created", "Sa 12:00",
     "resolution running on-time due Sa 17:00 target 25h elapsed 20h left 5h"},
    {"overdue in closed time", "resolution 1h then 24h", "Fr 16:00 created", "Sa 18:00",
     "resolution running overdue due Sa 17:00 breached Sa 17:00 late 1h left -1h"},
    {"a pause within the first", "resolution 1h then 2h",
     "Mo 09:00 created, Mo 09:30 pending, Mo 10:30 open", "Mo 12:00",
     "resolution running on-time due Mo 13:00 elapsed 2h held 1h"},
    {"a pause within the second", "resolution 1h then 4h",
     "Mo 09:00 created, Mo 11:00 pending, Mo 13:00 open", "Mo 14:00",
     "resolution running on-time due Mo 16:00 elapsed 3h held 2h"},
    {"a pause in the night of the second", "resolution 1h then 24h",
     "Mo 09:00 created, Mo 18:00 pending, Tu 08:00 open", "Tu 09:00",
     "resolution running on-time due We 00:00 elapsed 10h left 15h held 14h"},
    {"while paused in the second", "resolution 1h then 24h", "Mo 09:00 created, Mo 18:00 pending",
     "Mo 20:00", "resolution paused on-time projected Tu 12:00 elapsed 9h left 16h"},
    {"due soon by a lead", "resolution 2h then 3h, soon resolution 1h", "Mo 16:00 created",
     "Tu 09:00", "resolution running on-time soon Tu 12:00 due Tu 13:00 change Tu 12:00"},
    {"due soon by a percentage", "resolution 2h then 3h, soon resolution 50%", "Mo 16:00 created",
     "Tu 09:00", "resolution running on-time soon Tu 10:30"},
    {"due soon within the first", "resolution 2h then 3h, soon resolution 20%", "Mo 16:00 created",
     "Mo 16:30", "resolution running on-time soon Mo 17:00"},
    {"a first stage of nothing", "resolution 0s then 2h", "Sa 10:00 created", "Sa 11:00",
     "resolution running on-time due Sa 12:00 target 2h elapsed 1h"},
    {"counted days", "resolution 1cd then 2h", "Mo 09:00 created", "We 18:00",
     "resolution running on-time due We 19:00 target 26h elapsed 25h left 1h"},
    {"reopened in the second", "resolution 1h then 4h",
     "Mo 09:00 created, Mo 11:00 solved, Mo 20:00 open", "Mo 21:00",
     "resolution running on-time due Mo 23:00 elapsed 3h left 2h"},
    {"a longer first stage from the start", "resolution/2 1h then 4h, resolution/3 3h then 4h",
     "Mo 09:00 created, Mo 09:00 priority 2, Mo 11:00 priority 3", "Mo 12:00",
     "resolution running on-time due Mo 16:00 target 7h elapsed 3h"},
    {"counted as if it had never stopped",
     "resolution 1h then 4h, option resolution reopened counts",
     "Mo 09:00 created, Mo 09:30 solved, Mo 11:00 open", "Mo 12:00",
     "resolution running on-time due Mo 14:00 elapsed 3h"},
    {"a longer first stage, with what has elapsed",
     "resolution/2 1h then 4h, resolution/3 3h then 4h, "
     "option resolution target-changed keeps-elapsed",
     "Mo 09:00 created, Mo 09:00 priority 2, Mo 11:00 priority 3", "Mo 12:00",
     "resolution running on-time due Mo 16:00 target 7h elapsed 3h"},
    {"due in closed time", "resolution 1h then 24h, option resolution landing next-opening",
     "Fr 16:00 created", "Sa 12:00", "resolution running on-time due Mo2 09:00 left 5h"},
    {"a due instant set by hand", "resolution 1h then 24h",
     "Mo 09:00 created, Mo 10:00 due resolution Mo 15:00", "Mo 14:00",
     "resolution running on-time due Mo 15:00 target 6h elapsed 5h left 1h"},
    {"of one priority", "resolution 4h, resolution/3 1h then 24h",
     "Mo 09:00 created, Mo 09:00 priority 3", "Mo 12:00",
     "resolution running on-time due Tu 10:00 target 25h"},

    {"allowance: started in closed time", "first 4h, allow first 1h", "Sa 10:00 created",
     "Mo2 10:00", "first running on-time due Mo2 14:00 target 5h elapsed 1h left 4h"},
    {"allowance: started in open time", "first 4h, allow first 1h", "Mo 10:00 created", "Mo 11:00",
     "first running on-time due Mo 14:00 target 4h"},
    {"allowance: started at closing time", "first 4h, allow first 1h", "Mo 17:00 created",
     "Tu 10:00", "first running on-time due Tu 14:00 target 5h"},
    {"allowance: started at the opening", "first 4h, allow first 1h", "Mo 09:00 created",
     "Mo 10:00", "first running on-time due Mo 13:00 target 4h"},
    {"allowance: for the cycle that starts so", "next 4h, allow next 1h",
     "Mo 09:00 created, Mo 10:00 reply, Mo 11:00 message, Mo 12:00 reply, Mo 18:00 message",
     "Tu 10:00", "next running on-time started Mo 18:00 due Tu 14:00 target 5h cycle 2"},
    {"allowance: reset in closed time", "first 4h, allow first 1h",
     "Mo 10:00 created, Mo 18:00 reset first", "Tu 10:00",
     "first running on-time started Mo 18:00 due Tu 14:00 target 5h cycle 2"},
    {"allowance: a pause in closed time is no start", "resolution 4h, allow resolution 1h",
     "Mo 15:00 created, Mo 16:00 pending, Mo 18:00 open", "Tu 10:00",
     "resolution running on-time due Tu 12:00 target 4h"},
    {"allowance: by the anchor",
     "own32 4h, allow own32 1h, metric own32 once start=host40, option own32 anchor creation",
     "Mo 08:00 created, Mo 10:00 host 40", "Mo 11:00",
     "own32 running on-time started Mo 08:00 due Mo 14:00 target 5h"},
    {"allowance: before the second stage", "first 1h then 2h, allow first 1h", "Sa 10:00 created",
     "Mo2 12:00", "first running on-time due Mo2 13:00 target 4h elapsed 3h"},
    {"allowance: of one priority", "first 4h, first/3 4h, allow first/3 1h", "Sa 10:00 created",
     "Mo2 10:00", "first running on-time due Mo2 13:00 target 4h"},
    {"allowance: on a calendar of its own", "first 4h night, allow first 1h", "Mo 12:00 created",
     "Mo 13:00", "first running on-time due Tu 03:00 target 5h"},
    {"allowance: due soon by a lead", "first 4h, allow first 1h, soon first 1h",
     "Sa 10:00 created", "Mo2 10:00", "first running on-time soon Mo2 13:00"},
};

/* ---- what goes in comes out ---- */

#define BIT(n) (UINT64_C(1) << (n))
#define DONE (UINT32_C(1) << SLA_TICKET_SOLVED | UINT32_C(1) << SLA_TICKET_CLOSED)
#define WAITS (UINT32_C(1) << SLA_TICKET_PENDING)
#define WAITS_OR_HELD (WAITS | UINT32_C(1) << SLA_TICKET_ON_HOLD)

static const sla_metric_rule built_in[] = {
    [SLA_FIRST_RESPONSE] = {.start.events = BIT(SLA_EVENT_CREATED),
                            .fulfil.events = BIT(SLA_EVENT_AGENT_REPLY),
                            .shape = SLA_ONCE},
    [SLA_NEXT_RESPONSE] = {.start.events = BIT(SLA_EVENT_CUSTOMER_MESSAGE),
                           .fulfil.events = BIT(SLA_EVENT_AGENT_REPLY),
                           .cancel.events = BIT(SLA_EVENT_NO_REPLY_NEEDED),
                           .shape = SLA_EVERY_TURN,
                           .options[SLA_OPTION_GATE] = SLA_GATE_FIRST_REPLY},
    [SLA_RESOLUTION] = {.start.events = BIT(SLA_EVENT_CREATED),
                        .fulfil.statuses = DONE,
                        .pause_statuses = WAITS_OR_HELD,
                        .shape = SLA_ONCE,
                        .options[SLA_OPTION_REOPENED] = SLA_REOPENED_RESUMES},
    [SLA_PERIODIC_UPDATE] = {.start.events = BIT(SLA_EVENT_AGENT_REPLY),
                             .fulfil.events = BIT(SLA_EVENT_AGENT_REPLY),
                             .shape = SLA_PERIODIC,
                             .options[SLA_OPTION_GATE] = SLA_GATE_FIRST_REPLY},
    [SLA_PAUSABLE_UPDATE] = {.start.events = BIT(SLA_EVENT_AGENT_REPLY),
                             .fulfil.events = BIT(SLA_EVENT_AGENT_REPLY),
                             .pause_statuses = WAITS,
                             .shape = SLA_PERIODIC,
                             .options[SLA_OPTION_GATE] = SLA_GATE_FIRST_REPLY},
    [SLA_REQUESTER_WAIT] = {.start.events = BIT(SLA_EVENT_CREATED),
                            .fulfil.statuses = DONE,
                            .pause_statuses = WAITS,
                            .shape = SLA_SUM,
                            .options[SLA_OPTION_REOPENED] = SLA_REOPENED_RESUMES},
    [SLA_AGENT_WORK] = {.start.events = BIT(SLA_EVENT_CREATED),
                        .fulfil.statuses = DONE,
                        .pause_statuses = WAITS_OR_HELD,
                        .shape = SLA_SUM,
                        .options[SLA_OPTION_REOPENED] = SLA_REOPENED_RESUMES},
    [SLA_TOTAL_RESOLUTION] = {.start.events = BIT(SLA_EVENT_CREATED),
                              .fulfil.statuses = DONE,
                              .shape = SLA_SUM,
                              .options[SLA_OPTION_REOPENED] = SLA_REOPENED_RESUMES},
    [SLA_GROUP_OWNERSHIP] = {.start.events = BIT(SLA_EVENT_GROUP),
                             .fulfil = {.events = BIT(SLA_EVENT_GROUP), .statuses = DONE},
                             .shape = SLA_CYCLE,
                             .options[SLA_OPTION_REOPENED] = SLA_REOPENED_NEW_CYCLE},
};

static sla_metric_rule rule_of(const sla_policy_builder *builder, uint32_t metric) {
  sla_metric_rule rule;
  assert_ok(sla_policy_builder_metric(builder, metric, &rule, sizeof rule, NULL));
  return rule;
}

/* The rule of a metric in a policy with a target for it, and in a builder made from that. */
static sla_metric_rule compiled_rule(sla_policy_builder *builder, uint32_t metric) {
  sla_metric_rule rule, again;
  assert_ok(sla_policy_builder_set_target(builder, metric, SLA_PRIORITY_ANY, 60, SLA_UNIT_SECONDS,
                                          SLA_AROUND_THE_CLOCK, NULL));
  sla_policy *policy = policy_built(builder);
  assert_ok(sla_policy_metric_rule(policy, metric, &rule, sizeof rule));
  assert_ok(sla_policy_builder_new_from(policy, NULL, &builder, NULL));
  again = rule_of(builder, metric);
  assert_memory_equal(&again, &rule, sizeof rule);
  sla_policy_builder_free(builder);
  sla_policy_unref(policy);
  return rule;
}

static void rules_that_are_built_in(void **state) {
  (void)state;
  for (uint32_t metric = SLA_FIRST_RESPONSE; metric <= SLA_GROUP_OWNERSHIP; metric++) {
    sla_policy_builder *builder = policy_builder_of(NULL);
    sla_metric_rule rule = rule_of(builder, metric);
    assert_memory_equal(&rule, &built_in[metric], sizeof rule);
    rule = compiled_rule(builder, metric);
    assert_memory_equal(&rule, &built_in[metric], sizeof rule);
  }
}

/* Every field, and of the masks the first and the last bit there is. */
static const sla_metric_rule full_rule = {
    .start = {.events = BIT(SLA_EVENT_CREATED) | BIT(32),
              .conditions_set = BIT(0) | BIT(63),
              .conditions_cleared = BIT(1) | BIT(62),
              .statuses = UINT32_C(1) << SLA_TICKET_NEW | UINT32_C(1) << 31},
    .fulfil = {.events = BIT(SLA_EVENT_POLICY) | BIT(63), .conditions_set = BIT(2)},
    .cancel = {.events = BIT(40), .statuses = UINT32_C(1) << 16},
    .resume = {.conditions_cleared = BIT(3), .statuses = UINT32_C(1) << SLA_TICKET_OPEN},
    .pause_conditions = BIT(4) | BIT(63),
    .pause_statuses = WAITS | UINT32_C(1) << 20,
    .shape = SLA_SUM,
    .options = {SLA_ANCHOR_POLICY, SLA_GATE_FIRST_REPLY, SLA_AT_DUE_OVERDUE,
                SLA_LANDING_NEXT_OPENING, SLA_LANDING_NEXT_OPENING, SLA_CREATED_REPLIES,
                SLA_SOLVED_KEEPS_RUNNING, SLA_REOPENED_NEW_CYCLE, SLA_CHANGED_BREACH_AT_CHANGE,
                SLA_BREACH_STICKS, SLA_CALENDAR_EACH_STRETCH, SLA_RESUME_TRIGGER,
                SLA_MESSAGE_RESUMES}};

static sla_policy_builder *builder_with(uint32_t metric, const sla_metric_rule *rule) {
  sla_policy_builder *builder = policy_builder_of(NULL);
  for (uint32_t status = 16; status < 32; status++)
    assert_ok(sla_policy_builder_set_status(builder, status, SLA_TICKET_OPEN, NULL));
  assert_ok(sla_policy_builder_set_metric(builder, metric, rule, sizeof *rule, NULL));
  return builder;
}

static void rules_that_are_set(void **state) {
  static const uint32_t metrics[] = {SLA_FIRST_RESPONSE, SLA_GROUP_OWNERSHIP, 32, 63};
  (void)state;
  for (size_t i = 0; i < COUNT_OF(metrics); i++) {
    sla_policy_builder *builder = builder_with(metrics[i], &full_rule);
    sla_metric_rule rule = rule_of(builder, metrics[i]);
    assert_memory_equal(&rule, &full_rule, sizeof rule);
    rule = compiled_rule(builder, metrics[i]);
    assert_memory_equal(&rule, &full_rule, sizeof rule);
  }
}

/* One that starts once cannot have a newest start, and only the host's own events carry a time. */
static bool fits_resolution(uint32_t option, uint32_t value) {
  return option != SLA_OPTION_ANCHOR || (value != SLA_ANCHOR_NEWEST && value != SLA_ANCHOR_VALUE);
}

/* Each option by itself, every value that has a name. */
static void options_that_are_set(void **state) {
  (void)state;
  for (uint32_t option = 0; sla_option_name(option) != NULL; option++) {
    for (uint32_t value = 0; sla_option_value_name(option, value) != NULL; value++) {
      if (!fits_resolution(option, value)) continue;
      sla_metric_rule expected = built_in[SLA_RESOLUTION], rule;
      sla_policy_builder *builder = policy_builder_of(NULL);
      assert_ok(sla_policy_builder_set_option(builder, SLA_RESOLUTION, option, value, NULL));
      expected.options[option] = value;
      rule = rule_of(builder, SLA_RESOLUTION);
      assert_memory_equal(&rule, &expected, sizeof rule);
      rule = rule_of(builder, SLA_AGENT_WORK);
      assert_memory_equal(&rule, &built_in[SLA_AGENT_WORK], sizeof rule);
      rule = compiled_rule(builder, SLA_RESOLUTION);
      assert_memory_equal(&rule, &expected, sizeof rule);
    }
  }
}

/* A later caller's record: what is known, then zeros. */
static void rules_into_larger_records(void **state) {
  struct {
    sla_metric_rule known;
    int64_t later;
  } larger;
  (void)state;
  memset(&larger, 0x5C, sizeof larger);
  sla_policy_builder *builder = policy_builder_of(NULL);
  assert_ok(sla_policy_builder_metric(builder, SLA_RESOLUTION, &larger.known, sizeof larger, NULL));
  assert_memory_equal(&larger.known, &built_in[SLA_RESOLUTION], sizeof larger.known);
  assert_number(larger.later, 0);
  assert_ok(sla_policy_builder_set_metric(builder, 40, &larger.known, sizeof larger, NULL));
  sla_metric_rule rule = rule_of(builder, 40);
  assert_memory_equal(&rule, &larger.known, sizeof rule);
  sla_policy_builder_free(builder);
}

/* Stages and allowances are part of what a target was set to. */
static void targets_with_stages(void **state) {
  sla_policy *policy = told_policy("resolution 2h then 3h, first 4h, allow first 1h");
  sla_target target;
  (void)state;
  assert_ok(sla_policy_target(policy, 0, &target, sizeof target));
  assert_number(target.metric, SLA_FIRST_RESPONSE);
  assert_number(target.amount, 14400);
  assert_number(target.second_stage, 0);
  assert_number(target.allowance, 3600);
  assert_ok(sla_policy_target(policy, 1, &target, sizeof target));
  assert_number(target.metric, SLA_RESOLUTION);
  assert_number(target.amount, 7200);
  assert_number(target.second_stage, 10800);
  assert_number(target.allowance, 0);
  sla_policy_unref(policy);
}

/* The host's own metrics come after the built-in ones. */
static void metrics_with_targets_in_order(void **state) {
  static const uint32_t order[] = {SLA_FIRST_RESPONSE, SLA_GROUP_OWNERSHIP, 32, 63};
  sla_policy *policy = told_policy("own63 4h, group 4h, own32 4h, first 4h, metric own32 once "
                                   "start=created, metric own63 once start=created");
  uint32_t metric;
  (void)state;
  assert_number(sla_policy_metric_count(policy), COUNT_OF(order));
  for (uint32_t i = 0; i < COUNT_OF(order); i++) {
    assert_ok(sla_policy_metric(policy, i, &metric));
    assert_number(metric, order[i]);
  }
  sla_policy_unref(policy);
}

#define RUN(cases) told_run(#cases, cases, COUNT_OF(cases))

int main(void) {
  static const struct CMUnitTest getters[] = {
      cmocka_unit_test(rules_that_are_built_in),   cmocka_unit_test(rules_that_are_set),
      cmocka_unit_test(options_that_are_set),      cmocka_unit_test(rules_into_larger_records),
      cmocka_unit_test(targets_with_stages),       cmocka_unit_test(metrics_with_targets_in_order),
  };
  int failed = 0;
  failed |= RUN(responses);
  failed |= RUN(updates);
  failed |= RUN(pausable_updates);
  failed |= RUN(sums);
  failed |= RUN(groups);
  failed |= RUN(shapes);
  failed |= RUN(triggers);
  failed |= RUN(pauses);
  failed |= RUN(policies);
  failed |= RUN(stages);
  return failed | (cmocka_run_group_tests(getters, NULL, NULL) != 0);
}
