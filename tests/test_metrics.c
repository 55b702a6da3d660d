/* SPDX-License-Identifier: MIT */
/* The rules M1 to M19 and the units of section 3, case by case, worked out by hand; the order of
 * urgency, roll-ups and batches.  The words are those of told.h. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "support.h"
#include "told.h"

typedef struct {
  const char *name, *policy, *log, *now, *result;
} told;

static const told cases[] = {
    /* ---- M2: phase and status ---- */
    {"M2 inactive until it starts", "next 4h", "Mo 09:00 created", "Mo 10:00",
     "next inactive none started none due none target none elapsed none left none wall none late "
     "none held none change none cycle 0 met 0 missed 0"},
    {"M2 running", "first 4h", "Mo 09:00 created", "Mo 10:00",
     "first running on-time started Mo 09:00 stopped none due Mo 13:00 soon none breached none "
     "projected none change Mo 13:00:01 target 4h elapsed 1h left 3h wall 1h wall-left 3h late 0s "
     "held 0s cycle 1 met 0 missed 0"},
    {"M2 met", "first 4h", "Mo 09:00 created, Mo 10:00 reply", "Fr 09:00",
     "first fulfilled on-time started Mo 09:00 stopped Mo 10:00 due Mo 13:00 breached none change "
     "none target 4h elapsed 1h left 3h wall 1h late 0s held 0s cycle 1 met 1 missed 0"},
    {"M2 missed", "first 4h", "Mo 09:00 created, Mo 14:00 reply", "Fr 09:00",
     "first fulfilled overdue stopped Mo 14:00 due Mo 13:00 breached Mo 13:00 change none elapsed "
     "5h left -1h late 1h cycle 1 met 0 missed 1"},
    {"M2 fulfilled within the lead is on time", "first 4h, soon first 1h",
     "Mo 09:00 created, Mo 12:30 reply", "Mo 12:45", "first fulfilled on-time met 1"},
    {"M2 paused keeps due soon", "resolution 4h, soon resolution 1h",
     "Mo 09:00 created, Mo 12:30 pending", "We 12:00", "resolution paused due-soon due none"},
    {"M2 paused keeps on time", "resolution 4h, soon resolution 1h",
     "Mo 09:00 created, Mo 11:59:59 pending", "We 12:00", "resolution paused on-time due none"},
    {"M2 cancelled keeps overdue", "resolution 1h", "Mo 09:00 created, Mo 11:00 cancelled",
     "We 12:00", "resolution cancelled overdue stopped Mo 11:00 elapsed 2h change none missed 0"},
    {"M2 cancelled keeps due soon", "resolution 4h, soon resolution 1h",
     "Mo 09:00 created, Mo 12:30 cancelled", "We 12:00",
     "resolution cancelled due-soon stopped Mo 12:30 change none met 0 missed 0"},

    /* ---- M3: met and overdue compare instants ---- */
    {"M3 open at exactly due", "first 4h", "Mo 09:00 created", "Mo 13:00",
     "first running on-time left 0s late 0s wall-left 0s breached none change Mo 13:00:01"},
    {"M3 open a second past due", "first 4h", "Mo 09:00 created", "Mo 13:00:01",
     "first running overdue left -1s late 1s wall-left -1s breached Mo 13:00 change none"},
    {"M3 replied at exactly due", "first 4h", "Mo 09:00 created, Mo 13:00 reply", "Tu 09:00",
     "first fulfilled on-time left 0s met 1 missed 0"},
    {"M3 a reply on Friday evening is late", "first 8h", "Fr 09:00 created, Fr 18:00 reply",
     "Mo2 09:00",
     "first fulfilled overdue due Fr 17:00 breached Fr 17:00 elapsed 8h left 0s late 1h missed 1"},
    {"M3 Friday evening itself", "first 8h", "Fr 09:00 created", "Fr 18:00",
     "first running overdue due Fr 17:00 left 0s late 1h wall-left -1h"},

    /* ---- M4: due soon ---- */
    {"M4 ten hours and a lead of two", "resolution 10h, soon resolution 2h", "Mo 09:00 created",
     "Mo 16:59:59", "resolution running on-time soon Mo 17:00 due Tu 11:00 change Mo 17:00"},
    {"M4 due soon at closing time", "resolution 10h, soon resolution 2h", "Mo 09:00 created",
     "Mo 17:00", "resolution running due-soon soon Mo 17:00 left 2h change Tu 11:00:01"},
    {"M4 three quarters", "first 4h, soon first 75%", "Mo 09:00 created", "Mo 11:59:59",
     "first running on-time soon Mo 12:00 change Mo 12:00"},
    {"M4 a percentage is rounded up", "first 10s, soon first 33%", "Mo 09:00 created",
     "Mo 09:00:03", "first running on-time soon Mo 09:00:04 due Mo 09:00:10"},
    {"M4 a percentage set after a lead takes its place", "first 4h, soon first 3h, soon first 50%",
     "Mo 09:00 created", "Mo 10:00", "first running on-time soon Mo 11:00"},
    {"M4 a lead set after a percentage takes its place", "first 4h, soon first 50%, soon first 1h",
     "Mo 09:00 created", "Mo 10:00", "first running on-time soon Mo 12:00"},
    {"M4 a lead of the whole target", "first 4h, soon first 4h", "Mo 09:00 created", "Mo 09:00",
     "first running due-soon soon Mo 09:00 change Mo 13:00:01"},
    {"M4 a lead of more than the target, in closed time", "first 4h, soon first 9h",
     "Sa 09:00 created", "Sa 09:00", "first running due-soon soon Sa 09:00 due Mo2 13:00"},
    {"M4 no lead at all", "first 4h, soon first 0s", "Mo 09:00 created", "Mo 12:59:59",
     "first running on-time soon Mo 13:00 change Mo 13:00"},
    {"M4 all of it", "first 4h, soon first 100%", "Mo 09:00 created", "Mo 13:00",
     "first running due-soon soon Mo 13:00 change Mo 13:00:01"},
    {"M4 without a rule never", "first 4h", "Mo 09:00 created", "Mo 12:59:59",
     "first running on-time soon none"},
    {"M4 the rule of the own priority", "first 4h, soon first 1h, soon first/3 2h",
     "Mo 09:00 created, Mo 09:00 priority 3", "Mo 10:00", "first running on-time soon Mo 11:00"},
    {"M4 the own percentage beats any's lead", "first 4h, soon first 3h, soon first/3 75%",
     "Mo 09:00 created, Mo 09:00 priority 3", "Mo 10:00", "first running on-time soon Mo 12:00"},
    {"M4 over a pause", "resolution 4h, soon resolution 1h",
     "Mo 09:00 created, Mo 10:00 pending, Mo 11:00 open", "Mo 12:00",
     "resolution running on-time soon Mo 13:00 due Mo 14:00"},

    /* ---- M5: pausing stops the clock ---- */
    {"M5 a pause moves due", "resolution 4h", "Mo 09:00 created, Mo 10:00 pending, Mo 12:00 open",
     "Mo 13:00", "resolution running on-time due Mo 15:00 elapsed 2h left 2h wall 2h held 2h"},
    {"M5 an hour in closed time costs nothing", "resolution 4h",
     "Mo 15:00 created, Mo 18:00 pending, Mo 19:00 open", "Mo 20:00",
     "resolution running on-time due Tu 11:00 elapsed 2h left 2h wall 4h held 1h"},
    {"M5 two pauses", "resolution 4h",
     "Mo 09:00 created, Mo 10:00 pending, Mo 11:00 open, Mo 12:00 hold, Mo 14:00 open", "Mo 15:00",
     "resolution running on-time due Mo 16:00 elapsed 3h held 3h"},
    {"M5 from one pausing status to another", "resolution 4h",
     "Mo 09:00 created, Mo 10:00 pending, Mo 11:00 hold, Mo 14:00 open", "Mo 15:00",
     "resolution running on-time due Mo 17:00 elapsed 2h held 4h"},
    {"M5 once overdue a pause moves nothing", "resolution 1h",
     "Mo 09:00 created, Mo 11:00 pending, Mo 12:00 open", "Mo 13:00",
     "resolution running overdue due Mo 10:00 elapsed 3h left -2h late 3h held 1h wall 3h"},
    {"M5 resumed in closed time", "resolution 4h",
     "Sa 10:00 created, Sa 11:00 pending, Mo2 10:00 open",
     "Mo2 10:00", "resolution running on-time due Mo2 14:00 elapsed 0s wall 1h held 47h"},

    /* ---- M6: while paused ---- */
    {"M6 paused", "resolution 4h, soon resolution 1h", "Mo 09:00 created, Mo 10:00 pending",
     "Mo 12:00",
     "resolution paused on-time due none soon none breached none projected Mo 15:00 change none "
     "target 4h elapsed 1h left 3h wall 1h wall-left none late 0s held 2h"},
    {"M6 nothing is left", "resolution 4h", "Mo 09:00 created, Mo 13:00 pending", "Tu 08:00",
     "resolution paused on-time due none projected Tu 08:00 left 0s"},
    {"M6 overdue before the pause", "resolution 1h", "Mo 09:00 created, Mo 11:00 pending",
     "Tu 09:00",
     "resolution paused overdue due Mo 10:00 breached Mo 10:00 late 1h left -1h wall-left none"},
    {"M6 overdue since closing time, paused in the evening", "resolution 8h",
     "Fr 09:00 created, Fr 18:00 pending", "Sa 12:00",
     "resolution paused overdue due Fr 17:00 breached Fr 17:00 late 1h left 0s"},
    {"M6 overdue since closing time, resumed after", "resolution 8h",
     "Fr 09:00 created, Fr 18:00 pending, Sa 09:00 open", "Sa 12:00",
     "resolution running overdue due Fr 17:00 late 19h left 0s"},
    {"M6 stopped while paused", "resolution 4h",
     "Mo 09:00 created, Mo 10:00 pending, Tu 12:00 solved", "We 09:00",
     "resolution fulfilled on-time due Tu 15:00 elapsed 1h held 26h stopped Tu 12:00 met 1"},
    {"M6 stopped while paused and overdue", "resolution 1h",
     "Mo 09:00 created, Mo 11:00 pending, Tu 12:00 solved", "We 09:00",
     "resolution fulfilled overdue due Mo 10:00 breached Mo 10:00 elapsed 2h missed 1"},

    /* ---- M7: what pauses what ---- */
    {"M7 pending does not pause first response", "first 4h, resolution 4h",
     "Mo 09:00 created, Mo 10:00 pending", "Mo 12:00", "first running on-time elapsed 3h"},
    {"M7 on hold pauses resolution", "first 4h, resolution 4h", "Mo 09:00 created, Mo 10:00 hold",
     "Mo 12:00", "resolution paused on-time elapsed 1h"},
    {"M7 new and open pause nothing", "resolution 4h", "Mo 09:00 created, Mo 10:00 open",
     "Mo 12:00",
     "resolution running on-time elapsed 3h"},
    {"M7 a mask that pauses first response", "first 4h, pause first pending",
     "Mo 09:00 created, Mo 10:00 pending", "Mo 12:00", "first paused on-time elapsed 1h"},
    {"M7 a mask that lets resolution run", "resolution 4h, nopause resolution pending",
     "Mo 09:00 created, Mo 10:00 pending", "Mo 12:00", "resolution running on-time elapsed 3h"},
    {"M7 a host's status behaves as pending", "resolution 4h, status 16 pending",
     "Mo 09:00 created, Mo 10:00 16", "Mo 12:00", "resolution paused on-time elapsed 1h"},
    {"M7 a host's status behaves as solved", "resolution 4h, status 31 solved",
     "Mo 09:00 created, Mo 10:00 31", "Mo 12:00", "resolution fulfilled on-time elapsed 1h"},
    {"M7 a host's status has a mask of its own", "resolution 4h, status 16 pending, nopause "
     "resolution 16", "Mo 09:00 created, Mo 10:00 16", "Mo 12:00",
     "resolution running on-time elapsed 3h"},
    {"M7 a host's status follows the mask of what it behaves as",
     "resolution 4h, status 16 pending, nopause resolution pending",
     "Mo 09:00 created, Mo 10:00 16", "Mo 12:00", "resolution running on-time elapsed 3h"},

    /* ---- M8 and the shape of next response ---- */
    {"M8 a reply without a message", "next 4h", "Mo 09:00 created, Mo 10:00 reply, Mo 11:00 reply",
     "Mo 12:00", "next inactive none cycle 0 met 0"},
    {"M8 a second solve", "resolution 4h", "Mo 09:00 created, Mo 10:00 solved, Mo 15:00 closed",
     "Tu 12:00", "resolution fulfilled on-time stopped Mo 10:00 elapsed 1h"},
    {"M8 the oldest message starts the turn", "next 4h",
     "Mo 09:00 created, Mo 10:00 reply, Mo 11:00 message, Mo 12:00 message", "Mo 13:00",
     "next running on-time started Mo 11:00 due Mo 15:00 elapsed 2h cycle 1"},
    {"M8 every turn", "next 2h",
     "Mo 09:00 created, Mo 10:00 reply, Mo 11:00 message, Mo 12:00 reply, Mo 13:00 message, "
     "Mo 16:00 reply, Tu 09:00 message", "Tu 10:00",
     "next running on-time started Tu 09:00 due Tu 11:00 cycle 3 met 1 missed 1"},
    {"M8 between turns", "next 2h",
     "Mo 09:00 created, Mo 10:00 reply, Mo 11:00 message, Mo 12:00 reply, Mo 15:00 reply",
     "Tu 10:00",
     "next fulfilled on-time started Mo 11:00 stopped Mo 12:00 due Mo 13:00 cycle 1 met 1"},
    {"M8 before the first reply", "next 4h", "Mo 09:00 created, Mo 10:00 message", "Mo 12:00",
     "next inactive none cycle 0"},
    {"M8 notes and automatic replies are none", "first 4h",
     "Mo 09:00 created, Mo 10:00 note, Mo 11:00 auto", "Mo 12:00",
     "first running on-time elapsed 3h"},
    {"M8 nor do they end a turn", "next 4h",
     "Mo 09:00 created, Mo 10:00 reply, Mo 11:00 message, Mo 12:00 note, Mo 12:30 auto", "Mo 13:00",
     "next running on-time elapsed 2h"},
    {"M8 a message while paused stays paused", "next 4h, pause next pending",
     "Mo 09:00 created, Mo 10:00 reply, Mo 11:00 pending, Mo 12:00 message", "Mo 14:00",
     "next paused on-time started Mo 12:00 elapsed 0s held 2h projected Tu 10:00"},

    /* ---- M9: solved without a reply ---- */
    {"M9 solving stops first response", "first 4h", "Mo 09:00 created, Mo 10:00 solved", "Mo 15:00",
     "first fulfilled on-time stopped Mo 10:00 elapsed 1h met 1"},
    {"M9 solving late misses first response", "first 4h", "Mo 09:00 created, Mo 14:00 solved",
     "Mo 15:00", "first fulfilled overdue stopped Mo 14:00 late 1h missed 1"},
    {"M9 solving ends the turn", "next 4h",
     "Mo 09:00 created, Mo 10:00 reply, Mo 11:00 message, Mo 12:00 solved", "Mo 15:00",
     "next fulfilled on-time stopped Mo 12:00 met 1"},
    {"M9 solving opens the gate", "next 4h",
     "Mo 09:00 created, Mo 10:00 solved, Mo 11:00 open, Mo 12:00 message", "Mo 13:00",
     "next running on-time started Mo 12:00 cycle 1"},
    {"M9 a message while done opens no turn", "next 4h",
     "Mo 09:00 created, Mo 10:00 reply, Mo 11:00 solved, Mo 12:00 message", "Mo 13:00",
     "next inactive none cycle 0"},
    {"M9 it starts at the reopening", "next 4h",
     "Mo 09:00 created, Mo 10:00 reply, Mo 11:00 solved, Mo 12:00 message, Mo 14:00 open",
     "Mo 15:00",
     "next running on-time started Mo 14:00 due Tu 10:00 cycle 1"},
    {"M9 reopened without a message", "next 4h",
     "Mo 09:00 created, Mo 10:00 reply, Mo 11:00 solved, Mo 14:00 open", "Mo 15:00",
     "next inactive none cycle 0"},
    {"M9 a reply while done answers the message", "next 4h",
     "Mo 09:00 created, Mo 10:00 solved, Mo 11:00 message, Mo 12:00 reply, Mo 14:00 open",
     "Mo 15:00", "next inactive none cycle 0"},

    /* ---- M10: reopened ---- */
    {"M10 resolution resumes", "resolution 4h", "Mo 09:00 created, Mo 10:00 solved, Mo 15:00 open",
     "Mo 16:00",
     "resolution running on-time started Mo 09:00 stopped none due Tu 10:00 elapsed 2h left 2h "
     "wall 2h held 0s cycle 1 met 0 missed 0"},
    {"M10 missed stays missed", "resolution 1h", "Mo 09:00 created, Mo 11:00 solved, Mo 15:00 open",
     "Mo 16:00", "resolution running overdue due Mo 10:00 breached Mo 10:00 elapsed 3h late 6h"},
    {"M10 solved at due, reopened with nothing left", "resolution 4h",
     "Mo 09:00 created, Mo 13:00 solved, Tu 08:00 open", "Tu 08:00",
     "resolution running on-time due Tu 08:00 left 0s"},
    {"M10 reopened into a pause", "resolution 4h",
     "Mo 09:00 created, Mo 10:00 solved, Mo 12:00 pending", "Mo 14:00",
     "resolution paused on-time due none projected Mo 17:00 elapsed 1h held 2h wall 1h"},
    {"M10 solved again", "resolution 4h",
     "Mo 09:00 created, Mo 10:00 solved, Mo 15:00 open, Mo 16:00 solved", "Tu 16:00",
     "resolution fulfilled on-time stopped Mo 16:00 due Tu 10:00 elapsed 2h met 1 cycle 1"},
    {"M10 first response never restarts", "first 4h",
     "Mo 09:00 created, Mo 10:00 solved, Mo 11:00 open, Mo 12:00 message", "Tu 12:00",
     "first fulfilled on-time stopped Mo 10:00 cycle 1"},
    {"M10 a turn that solving stopped stays stopped", "next 4h",
     "Mo 09:00 created, Mo 10:00 reply, Mo 11:00 message, Mo 12:00 solved, Mo 13:00 open",
     "Mo 15:00",
     "next fulfilled on-time stopped Mo 12:00 cycle 1"},

    /* ---- M11 and M12: the priority changes ---- */
    {"M11 from the original start", "resolution/2 8h, resolution/3 4h",
     "Mo 09:00 created, Mo 09:00 priority 2, Mo 11:00 priority 3", "Mo 11:00",
     "resolution running on-time due Mo 13:00 target 4h elapsed 2h priority 3"},
    {"M11 a due instant that is already past", "resolution/2 8h, resolution/3 4h",
     "Mo 09:00 created, Mo 09:00 priority 2, Mo 14:00 priority 3", "Mo 14:00",
     "resolution running overdue due Mo 13:00 breached Mo 13:00 late 1h left -1h"},
    {"M11 with the same pauses", "resolution/2 8h, resolution/3 4h",
     "Mo 09:00 created, Mo 09:00 priority 2, Mo 10:00 pending, Mo 12:00 open, Mo 13:00 priority 3",
     "Mo 13:00", "resolution running on-time due Mo 15:00 elapsed 2h held 2h"},
    {"M11 during a pause", "resolution/2 8h, resolution/3 1h",
     "Mo 09:00 created, Mo 09:00 priority 2, Mo 11:00 pending, Mo 12:00 priority 3", "Mo 15:00",
     "resolution paused overdue due Mo 10:00 breached Mo 10:00 late 1h left -1h"},
    {"M11 nothing on a clock that has stopped", "resolution/2 8h, resolution/3 1h",
     "Mo 09:00 created, Mo 09:00 priority 2, Mo 11:00 solved, Mo 12:00 priority 3", "Mo 15:00",
     "resolution fulfilled on-time due Mo 17:00 target 8h priority 3 met 1"},
    {"M11 unless it resumes", "resolution/2 8h, resolution/3 1h",
     "Mo 09:00 created, Mo 09:00 priority 2, Mo 11:00 solved, Mo 12:00 priority 3, Mo 13:00 open",
     "Mo 15:00", "resolution running overdue due Mo 10:00 target 1h elapsed 4h"},
    {"M11 no target in force", "resolution/2 8h",
     "Mo 09:00 created, Mo 09:00 priority 2, Mo 12:00 priority 3", "Tu 10:00",
     "resolution running none due none soon none breached none change none target none left none "
     "elapsed 9h wall 25h late none wall-left none priority 3"},
    {"M11 a target that returns", "resolution/2 8h",
     "Mo 09:00 created, Mo 10:00 priority 2", "Mo 12:00",
     "resolution running on-time due Mo 17:00 elapsed 3h"},
    {"M11 without any calendar, around the clock", "resolution/2 8h around, nocalendar",
     "Sa 09:00 created", "Sa 12:00", "resolution running none elapsed 3h target none"},
    {"M11 stopped without a target", "resolution/2 8h", "Mo 09:00 created, Mo 12:00 solved",
     "Mo 15:00", "resolution fulfilled none elapsed 3h met 0 missed 0"},
    {"M12 a breach that a longer target undoes", "resolution/2 8h, resolution/3 1h",
     "Mo 09:00 created, Mo 09:00 priority 3, Mo 12:00 priority 2", "Mo 12:00",
     "resolution running on-time due Mo 17:00 breached none late 0s"},
    {"M13 breached at due, however late one asks", "first 4h", "Mo 09:00 created", "Fr2 09:00",
     "first running overdue breached Mo 13:00"},

    /* ---- M14: by hand ---- */
    {"M14 cancelled for good", "resolution 4h",
     "Mo 09:00 created, Mo 11:00 cancelled, Mo 12:00 solved, Mo 13:00 open, Mo 14:00 reset",
     "Tu 09:00",
     "resolution cancelled on-time stopped Mo 11:00 elapsed 2h cycle 1 met 0 missed 0"},
    {"M14 fulfilled stays fulfilled", "first 4h",
     "Mo 09:00 created, Mo 10:00 reply, Mo 11:00 cancelled", "Tu 09:00",
     "first fulfilled on-time stopped Mo 10:00 met 1"},
    {"M14 inactive stays inactive", "next 4h",
     "Mo 09:00 created, Mo 10:00 reply, Mo 11:00 cancelled, Mo 12:00 message", "Tu 09:00",
     "next inactive none cycle 0"},
    {"M14 a paused clock is cancelled too", "resolution 4h",
     "Mo 09:00 created, Mo 10:00 pending, Mo 12:00 cancelled", "Tu 09:00",
     "resolution cancelled on-time stopped Mo 12:00 elapsed 1h held 2h"},
    {"M14 no reply needed", "next 4h",
     "Mo 09:00 created, Mo 10:00 reply, Mo 11:00 message, Mo 12:00 needless", "Mo 13:00",
     "next cancelled on-time stopped Mo 12:00 cycle 1 met 0 missed 0"},
    {"M14 the next message starts a new turn", "next 4h",
     "Mo 09:00 created, Mo 10:00 reply, Mo 11:00 message, Mo 12:00 needless, Mo 13:00 message",
     "Mo 14:00", "next running on-time started Mo 13:00 cycle 2 met 0 missed 0"},
    {"M14 no reply needed without a turn", "next 4h, first 4h",
     "Mo 09:00 created, Mo 10:00 needless", "Mo 11:00", "first running on-time elapsed 2h"},
    {"M14 reset", "resolution 4h", "Mo 09:00 created, Mo 12:00 reset resolution", "Mo 13:00",
     "resolution running on-time started Mo 12:00 due Mo 16:00 elapsed 1h cycle 2 met 0 missed 0"},
    {"M14 reset of all, while paused", "resolution 4h",
     "Mo 09:00 created, Mo 10:00 pending, Mo 12:00 reset", "Mo 13:00",
     "resolution paused on-time started Mo 12:00 elapsed 0s held 1h cycle 2"},
    {"M14 reset of an overdue clock", "resolution 1h", "Mo 09:00 created, Mo 12:00 reset",
     "Mo 12:30",
     "resolution running on-time due Mo 13:00 cycle 2 missed 0"},
    {"M14 reset of another metric", "resolution 4h", "Mo 09:00 created, Mo 12:00 reset first",
     "Mo 12:30", "resolution running on-time started Mo 09:00 cycle 1"},
    {"M14 reset of a fulfilled clock", "first 4h",
     "Mo 09:00 created, Mo 10:00 reply, Mo 12:00 reset",
     "Mo 12:30", "first fulfilled on-time stopped Mo 10:00 cycle 1 met 1"},
    {"M14 due set", "resolution 4h", "Mo 09:00 created, Mo 10:00 due resolution Mo 12:00",
     "Mo 11:00",
     "resolution running on-time due Mo 12:00 target 3h elapsed 2h left 1h change Mo 12:00:01"},
    {"M14 due set ignores pauses", "resolution 4h",
     "Mo 09:00 created, Mo 09:30 due resolution Mo 12:00, Mo 10:00 pending", "Mo 11:00",
     "resolution paused on-time due Mo 12:00 elapsed 1h left 1h"},
    {"M14 due set may be passed during a pause", "resolution 4h",
     "Mo 09:00 created, Mo 09:30 due resolution Mo 12:00, Mo 10:00 pending", "Mo 12:00:01",
     "resolution paused overdue due Mo 12:00 breached Mo 12:00"},
    {"M14 due set and met", "resolution 4h",
     "Mo 09:00 created, Mo 09:30 due resolution Tu 12:00, Tu 11:00 solved", "We 09:00",
     "resolution fulfilled on-time due Tu 12:00 left 1h met 1"},
    {"M14 due set and taken away", "resolution 4h",
     "Mo 09:00 created, Mo 09:30 due resolution Tu 12:00, Mo 10:00 due resolution none", "Mo 11:00",
     "resolution running on-time due Mo 13:00 target 4h"},
    {"M14 due set of another metric", "resolution 4h",
     "Mo 09:00 created, Mo 09:30 due first Tu 12:00", "Mo 11:00",
     "resolution running on-time due Mo 13:00"},
    {"M14 due set on a clock that has stopped", "resolution 4h",
     "Mo 09:00 created, Mo 10:00 solved, Mo 11:00 due resolution Mo 09:30", "Mo 12:00",
     "resolution fulfilled on-time due Mo 13:00"},
    {"M14 due set while solved says nothing after the reopening", "resolution 4h",
     "Mo 09:00 created, Mo 10:00 solved, Mo 10:30 due resolution Mo 11:00, Mo 12:00 open",
     "Mo 12:00", "resolution running on-time due Mo 15:00"},
    {"M14 due set does not outlive its cycle", "resolution 4h",
     "Mo 09:00 created, Mo 09:30 due resolution Tu 12:00, Mo 10:00 reset", "Mo 11:00",
     "resolution running on-time due Mo 14:00 cycle 2"},
    {"M14 due set to before the start", "resolution 4h",
     "Mo 11:00 created, Mo 11:00 due resolution Mo 10:00", "Mo 11:00",
     "resolution running overdue due Mo 10:00 breached Mo 10:00 target -1h left -1h late 1h"},
    {"M14 due set without a target", "first 4h",
     "Mo 09:00 created, Mo 09:30 due resolution Mo 12:00",
     "Mo 12:30", "resolution running overdue due Mo 12:00 target 3h late 30m"},
    {"M14 due soon of a due that was set", "resolution 4h, soon resolution 1h",
     "Mo 09:00 created, Mo 09:30 due resolution Tu 09:30", "Mo 16:00",
     "resolution running on-time soon Mo 16:30 due Tu 09:30"},

    /* ---- M15: at the same instant ---- */
    {"M15 a message and a reply", "next 4h",
     "Mo 09:00 created, Mo 10:00 reply, Mo 11:00 message, Mo 11:00 reply", "Mo 13:00",
     "next fulfilled on-time started Mo 11:00 stopped Mo 11:00 elapsed 0s met 1"},
    {"M15 a reply and a message", "next 4h",
     "Mo 09:00 created, Mo 10:00 reply, Mo 11:00 reply, Mo 11:00 message", "Mo 13:00",
     "next running on-time started Mo 11:00 elapsed 2h"},
    {"M15 paused and resumed", "resolution 4h",
     "Mo 09:00 created, Mo 10:00 pending, Mo 10:00 open", "Mo 13:00",
     "resolution running on-time due Mo 13:00 elapsed 4h held 0s"},
    {"M15 replied at the creation", "first 4h", "Mo 09:00 created, Mo 09:00 reply", "Mo 13:00",
     "first fulfilled on-time stopped Mo 09:00 elapsed 0s met 1"},

    /* ---- M16: the next change ---- */
    {"M16 due soon comes first", "first 4h, soon first 1h", "Mo 09:00 created", "Mo 10:00",
     "first running on-time change Mo 12:00"},
    {"M16 then a second after due", "first 4h, soon first 1h", "Mo 09:00 created", "Mo 12:00",
     "first running due-soon change Mo 13:00:01"},
    {"M16 then nothing", "first 4h, soon first 1h", "Mo 09:00 created", "Mo 13:00:01",
     "first running overdue change none"},
    {"M16 nothing while paused", "resolution 4h", "Mo 09:00 created, Mo 10:00 pending", "Mo 12:00",
     "resolution paused on-time change none"},

    /* ---- M17: the log ---- */
    {"M17 before the creation", "first 4h", "Mo 09:00 created", "Mo 08:59:59",
     "first inactive none started none due none cycle 0"},
    {"M17 at the creation", "first 4h", "Mo 09:00 created", "Mo 09:00",
     "first running on-time elapsed 0s left 4h"},
    {"M17 the initial priority", "first 4h, first/3 1h", "Mo 09:00 created, Mo 09:00 priority 3",
     "Mo 09:30", "first running on-time due Mo 10:00 priority 3"},
    {"M17 otherwise 0", "first 4h, first/0 2h", "Mo 09:00 created", "Mo 09:30",
     "first running on-time due Mo 11:00 priority 0"},
    {"M17 created pending", "resolution 4h", "Mo 09:00 created, Mo 09:00 pending", "Mo 12:00",
     "resolution paused on-time elapsed 0s held 3h projected Mo 16:00"},
    {"M17 created solved", "first 4h", "Mo 09:00 created, Mo 09:00 solved", "Mo 12:00",
     "first fulfilled on-time started Mo 09:00 stopped Mo 09:00 met 1 cycle 1"},
    {"M17 the last initial status counts", "first 4h",
     "Mo 09:00 created, Mo 09:00 solved, Mo 09:00 open", "Mo 12:00",
     "first running on-time elapsed 3h"},
    {"M17 and it opens no gate", "next 4h",
     "Mo 09:00 created, Mo 09:00 solved, Mo 09:00 open, Mo 10:00 message", "Mo 12:00",
     "next inactive none"},
    {"M17 a customer's creation is a message before the gate", "next 4h",
     "Mo 09:00 created, Mo 10:00 reply", "Mo 12:00", "next inactive none"},
    {"M17 created by an agent", "first 4h", "Mo 09:00 created-by-agent", "Mo 12:00",
     "first running on-time elapsed 3h"},
    {"M17 created by a rule", "resolution 4h", "Mo 09:00 created-by-rule", "Mo 12:00",
     "resolution running on-time elapsed 3h"},
    {"M17 what comes after now is ignored", "first 4h", "Mo 09:00 created, Mo 10:00 reply",
     "Mo 09:30", "first running on-time elapsed 30m"},

    /* ---- M18: never ---- */
    {"M18 no calendar reaches it", "first 10h once", "Mo 09:00 created", "Tu 09:00",
     "first running on-time due none soon none change none target 10h elapsed 8h left 2h wall-left "
     "none late 0s flags 1"},
    {"M18 it spoils no other result", "first 10h once, resolution 4h", "Mo 09:00 created",
     "Mo 10:00", "resolution running on-time due Mo 13:00 flags 0"},
    {"M18 stopped in time all the same", "first 10h once", "Mo 09:00 created, Tu 09:00 reply",
     "We 09:00", "first fulfilled on-time due none met 1 flags 1"},

    /* ---- M19: calendars ---- */
    {"M19 recounted on the other calendar", "resolution/2 8h, resolution/3 3h night",
     "Mo 09:00 created, Mo 09:00 priority 2, Tu 00:00 priority 3", "Tu 00:00",
     "resolution running on-time due Tu 01:00 elapsed 2h left 1h"},
    {"M19 a target's own calendar", "first 3h night", "Mo 09:00 created", "Mo 12:00",
     "first running on-time due Tu 01:00 elapsed 0s"},
    {"M19 around the clock", "first 4h around", "Fr 15:00 created", "Fr 16:00",
     "first running on-time due Fr 19:00 elapsed 1h"},

    /* ---- section 3: units ---- */
    {"counted days", "first 1cd", "Mo 09:00 created", "Mo 10:00",
     "first running on-time due We 17:00 target 24h"},
    {"counted days around the clock", "first 1cd around", "Fr 09:00 created", "Fr 10:00",
     "first running on-time due Sa 09:00 target 24h"},
    {"working days", "first 2wd", "Mo 10:30 created", "Mo 11:00",
     "first running on-time due We 10:30 target 16h"},
    {"working days over a weekend", "first 2wd", "Th 10:30 created", "Th 11:00",
     "first running on-time due Mo2 10:30"},
    {"working days from a night that began the day before", "first 1wd night", "Tu 02:00 created",
     "Tu 02:00", "first running on-time due We 02:00"},
    {"end of the working day", "first 0eod", "Mo 10:00 created", "Mo 10:00",
     "first running on-time due Mo 17:00 target 7h"},
    {"end of the next working day", "first 1eod", "Fr 10:00 created", "Fr 10:00",
     "first running on-time due Mo2 17:00"},
    {"end of the working day from a Saturday", "first 0eod", "Sa 10:00 created", "Sa 10:00",
     "first running on-time due Mo2 17:00"},
    {"end of a night", "first 0eod night", "Tu 02:00 created", "Tu 02:00",
     "first running on-time due Tu 06:00"},
    {"day units are moved by counted pauses", "resolution 0eod",
     "Mo 09:00 created, Mo 10:00 pending, Mo 12:00 open", "Mo 13:00",
     "resolution running on-time due Tu 11:00 target 8h elapsed 2h left 6h"},
    {"but not by a night", "resolution 1wd", "Mo 16:00 created, Mo 18:00 pending, Tu 08:00 open",
     "Tu 10:00", "resolution running on-time due Tu 16:00"},
    {"nor to before the resume", "resolution 0eod",
     "Fr 09:00 created, Fr 17:00 pending, Sa 10:00 open", "Sa 10:00",
     "resolution running on-time due Sa 10:00"},
    {"a target of zero is due at the start", "first 0s", "Sa 10:00 created", "Sa 10:00",
     "first running on-time due Sa 10:00 target 0s change Sa 10:00:01"},
    {"and overdue after it", "first 0s", "Sa 10:00 created", "Sa 10:00:01",
     "first running overdue due Sa 10:00 late 1s left 0s"},
    {"the target of the own priority wins", "first 4h, first/3 8h",
     "Mo 09:00 created, Mo 09:00 priority 3", "Mo 10:00", "first running on-time due Mo 17:00"},
};

static void one_case(void **state) {
  const told *c = *state;
  sla_event events[TOLD_EVENTS];
  size_t count = told_events(c->log, events);
  sla_policy *policy = told_policy(c->policy);
  uint32_t metric = told_metric(c->result);
  sla_result r = evaluated_at(policy, metric, events, count, told_time(c->now));
  sla_result again = evaluated_at(policy, metric, events, count, told_time(c->now));
  assert_memory_equal(&r, &again, sizeof r); /* M1 */
  told_result(&r, c->result);
  sla_policy_unref(policy);
}

/* ---- the ends of time ---- */

static sla_result created_at(const sla_policy *policy, sla_time created, sla_time now) {
  const sla_event event = {created, SLA_CREATOR_CUSTOMER, SLA_EVENT_CREATED, 0};
  return evaluated_at(policy, SLA_FIRST_RESPONSE, &event, 1, now);
}

static void due_at_the_last_instant(void **state) {
  sla_policy *policy = told_policy("first 1h around");
  (void)state;
  sla_result r = created_at(policy, SLA_TIME_MAX - 3600, SLA_TIME_MAX - 1800);
  told_result(&r, "first running on-time change none left 30m flags 0");
  assert_time(r.due_at, SLA_TIME_MAX);
  r = created_at(policy, SLA_TIME_MAX - 3601, SLA_TIME_MAX - 1800);
  assert_time(r.next_change_at, SLA_TIME_MAX);
  r = created_at(policy, SLA_TIME_MAX - 3599, SLA_TIME_MAX - 1800);
  told_result(&r, "first running on-time due none change none flags 1");
  r = created_at(policy, SLA_TIME_MIN, SLA_TIME_MIN);
  told_result(&r, "first running on-time elapsed 0s left 1h");
  r = created_at(policy, SLA_TIME_MIN, SLA_TIME_MAX);
  told_result(&r, "first running overdue flags 0");
  assert_number(r.late_by, SLA_TIME_MAX - SLA_TIME_MIN - 3600);
  sla_policy_unref(policy);
}

/* ---- all metrics of a ticket ---- */

#define UNTOUCHED 0x5C

static void every_metric_with_a_target(void **state) {
  sla_event events[TOLD_EVENTS];
  sla_result all[3], one;
  size_t written = 0, count = told_events("Mo 09:00 created, Mo 10:00 reply", events);
  sla_policy *policy = told_policy("resolution 4h, first/3 1h");
  uint32_t metric = 0;
  (void)state;
  memset(all, UNTOUCHED, sizeof all);
  assert_number(sla_policy_metric_count(policy), 2);
  assert_ok(sla_evaluate_all(policy, events, count, sizeof events[0], told_time("Mo 11:00"), all, 3,
                             sizeof all[0], &written, NULL));
  assert_int_equal(written, 2);
  for (size_t i = 0; i < sizeof all[2]; i++)
    assert_int_equal(((unsigned char *)&all[2])[i], UNTOUCHED);
  for (uint32_t i = 0; i < 2; i++) {
    assert_ok(sla_policy_metric(policy, i, &metric));
    one = evaluated_at(policy, metric, events, count, told_time("Mo 11:00"));
    assert_memory_equal(&one, &all[i], sizeof one);
  }
  assert_number(metric, SLA_RESOLUTION);
  sla_policy_unref(policy);
}

static void policies_are_read_back(void **state) {
  sla_policy *policy = told_policy("resolution 4h, first/3 2wd, first 30m around, soon next 1h, "
                                   "soon first/3 75%, first/2 1h night, status 16 solved");
  static const sla_target targets[] = {
      {3600, SLA_NONE, 0, 0, SLA_FIRST_RESPONSE, 2, SLA_UNIT_SECONDS, SLA_BUSINESS_HOURS, 0, 1},
      {2, SLA_NONE, 0, 0, SLA_FIRST_RESPONSE, 3, SLA_UNIT_WORKING_DAYS, SLA_BUSINESS_HOURS, 75, 0},
      {1800, SLA_NONE, 0, 0, SLA_FIRST_RESPONSE, 255, SLA_UNIT_SECONDS, SLA_AROUND_THE_CLOCK, 0, 0},
      {SLA_NONE, 3600, 0, 0, SLA_NEXT_RESPONSE, 255, 0, 0, 0, 0},
      {14400, SLA_NONE, 0, 0, SLA_RESOLUTION, 255, SLA_UNIT_SECONDS, SLA_BUSINESS_HOURS, 0, 0}};
  uint32_t like = 0, pauses = 2;
  (void)state;
  assert_number(sla_policy_target_count(policy), COUNT_OF(targets));
  for (uint32_t i = 0; i < COUNT_OF(targets); i++) {
    sla_target read;
    assert_ok(sla_policy_target(policy, i, &read, sizeof read));
    assert_memory_equal(&read, &targets[i], sizeof read);
  }
  assert_non_null(sla_policy_target_calendar(policy, 0));
  assert_null(sla_policy_target_calendar(policy, 1));
  assert_non_null(sla_policy_calendar(policy));
  assert_ok(sla_policy_status(policy, 16, &like));
  assert_number(like, SLA_TICKET_SOLVED);
  assert_ok(sla_policy_pauses(policy, SLA_RESOLUTION, SLA_TICKET_PENDING, &pauses));
  assert_number(pauses, 1);
  assert_ok(sla_policy_pauses(policy, SLA_FIRST_RESPONSE, SLA_TICKET_PENDING, &pauses));
  assert_number(pauses, 0);
  sla_policy_unref(policy);
}

static void a_builder_from_a_policy_builds_the_same(void **state) {
  sla_policy *policy = told_policy("resolution 4h, first/3 2wd, soon first/3 75%, "
                                   "first/2 1h night, status 16 solved, pause next open");
  sla_policy_builder *builder = NULL;
  (void)state;
  assert_ok(sla_policy_builder_new_from(policy, NULL, &builder, NULL));
  sla_policy *copy = policy_built(builder);
  assert_number(sla_policy_target_count(copy), sla_policy_target_count(policy));
  assert_ptr_equal(sla_policy_calendar(copy), sla_policy_calendar(policy));
  for (uint32_t i = 0; i < sla_policy_target_count(policy); i++) {
    sla_target a, b;
    assert_ok(sla_policy_target(policy, i, &a, sizeof a));
    assert_ok(sla_policy_target(copy, i, &b, sizeof b));
    assert_memory_equal(&a, &b, sizeof a);
    assert_ptr_equal(sla_policy_target_calendar(copy, i), sla_policy_target_calendar(policy, i));
  }
  for (uint32_t status = 1; status <= 16; status += status == 6 ? 10 : 1) {
    uint32_t a = 2, b = 3;
    assert_ok(sla_policy_pauses(policy, SLA_NEXT_RESPONSE, status, &a));
    assert_ok(sla_policy_pauses(copy, SLA_NEXT_RESPONSE, status, &b));
    assert_number(a, b);
  }
  sla_policy_unref(copy);
  sla_policy_unref(policy);
}

/* ---- the order of urgency ---- */

static sla_result with(uint32_t phase, uint32_t status, sla_time due) {
  sla_result r = {.phase = phase, .status = status, .due_at = due, .next_change_at = SLA_NONE};
  return r;
}

/* From the most urgent to the least; each is more urgent than all after it. */
static void order_of_urgency(void **state) {
  const sla_result ordered[] = {
      with(SLA_RUNNING, SLA_OVERDUE, 100),
      with(SLA_RUNNING, SLA_OVERDUE, 200),
      with(SLA_RUNNING, SLA_DUE_SOON, 300),
      with(SLA_RUNNING, SLA_DUE_SOON, 400),
      with(SLA_RUNNING, SLA_ON_TIME, 500),
      with(SLA_RUNNING, SLA_ON_TIME, 600),
      with(SLA_RUNNING, SLA_ON_TIME, SLA_NONE), /* never due */
      with(SLA_PAUSED, SLA_OVERDUE, 50),
      with(SLA_PAUSED, SLA_ON_TIME, SLA_NONE),
      with(SLA_FULFILLED, SLA_OVERDUE, 10),
      with(SLA_FULFILLED, SLA_ON_TIME, 5),
      with(SLA_CANCELLED, SLA_ON_TIME, 700),
      with(SLA_INACTIVE, SLA_STATUS_NONE, SLA_NONE)};
  (void)state;
  for (size_t i = 0; i < COUNT_OF(ordered); i++)
    for (size_t k = 0; k < COUNT_OF(ordered); k++) {
      int32_t order = 99;
      assert_ok(sla_result_compare(&ordered[i], &ordered[k], sizeof ordered[i], &order));
      if (i < k ? order >= 0 : i > k ? order <= 0 : order != 0)
        fail_msg("%d against %d gives %d", (int)i, (int)k, order);
    }
}

static void roll_up(void **state) {
  sla_result results[] = {with(SLA_FULFILLED, SLA_OVERDUE, 10), with(SLA_RUNNING, SLA_ON_TIME, 500),
                          with(SLA_PAUSED, SLA_OVERDUE, 5), with(SLA_RUNNING, SLA_OVERDUE, 600)};
  sla_rollup rollup;
  (void)state;
  results[0].metric = 9, results[1].metric = 1, results[2].metric = 3, results[3].metric = 2;
  results[1].next_change_at = 501;
  results[2].next_change_at = 450; /* under a due instant set by hand */
  assert_ok(sla_rollup_results(results, 4, sizeof results[0], &rollup, sizeof rollup));
  assert_time(rollup.due_at, 500);
  assert_time(rollup.next_change_at, 450);
  assert_number(rollup.index, 3);
  assert_number(rollup.metric, 2);
  assert_number(rollup.phase, SLA_RUNNING);
  assert_number(rollup.status, SLA_OVERDUE);
  assert_ok(sla_rollup_results(results, 1, sizeof results[0], &rollup, sizeof rollup));
  assert_time(rollup.due_at, SLA_NONE);
  assert_time(rollup.next_change_at, SLA_NONE);
  assert_number(rollup.index, 0);
  assert_number(rollup.metric, 9);
}

static void ties_keep_the_first(void **state) {
  const sla_result results[] = {with(SLA_RUNNING, SLA_ON_TIME, 7),
                                with(SLA_RUNNING, SLA_ON_TIME, 7)};
  sla_rollup rollup;
  (void)state;
  assert_ok(sla_rollup_results(results, 2, sizeof results[0], &rollup, sizeof rollup));
  assert_number(rollup.index, 0);
}

/* ---- batches ---- */

#define TICKETS 6

static const char *const logs[TICKETS] = {
    "Mo 09:00 created, Mo 10:00 reply, Mo 11:00 message",
    "Mo 10:00 created, Mo 09:00 reply", /* goes back in time */
    "Mo 09:00 created, Mo 11:00 pending",
    "Mo 09:00 reply", /* no creation */
    "Mo 12:00 created, Mo 12:00 priority 3",
    "Mo 09:00 created, Mo 10:00 solved"};

typedef struct {
  sla_event events[TICKETS * TOLD_EVENTS];
  uint64_t offsets[TICKETS + 1];
  sla_policy *policies[2];
  uint32_t policy_of[TICKETS], metrics[2];
  sla_result results[TICKETS][2];
  int32_t codes[TICKETS];
  sla_error errors[TICKETS];
} office;

static sla_batch open_office(office *o) {
  memset(o, UNTOUCHED, sizeof *o);
  o->policies[0] = told_policy("first 4h, resolution 8h, soon resolution 2h");
  o->policies[1] = told_policy("first 30m around, resolution/3 1wd");
  o->metrics[0] = SLA_RESOLUTION;
  o->metrics[1] = SLA_FIRST_RESPONSE;
  o->offsets[0] = 0;
  for (int i = 0; i < TICKETS; i++) {
    o->policy_of[i] = i % 3 == 1;
    o->offsets[i + 1] = o->offsets[i] + told_events(logs[i], o->events + o->offsets[i]);
  }
  return (sla_batch){.policies = (const sla_policy *const *)o->policies,
                     .policy_of = o->policy_of,
                     .metrics = o->metrics,
                     .events = o->events,
                     .offsets = o->offsets,
                     .results = &o->results[0][0],
                     .codes = o->codes,
                     .errors = o->errors,
                     .now = told_time("Mo 15:00"),
                     .policy_count = 2,
                     .metric_count = 2,
                     .ticket_count = TICKETS,
                     .event_size = sizeof(sla_event),
                     .result_size = sizeof(sla_result)};
}

static void close_office(office *o) {
  sla_policy_unref(o->policies[0]);
  sla_policy_unref(o->policies[1]);
}

/* What the batch says of ticket i is what single calls say; a bad log leaves its results alone. */
static void expect_single(const office *o, const sla_batch *b, int i, const sla_policy *policy) {
  for (int m = 0; m < 2; m++) {
    sla_result one;
    sla_error error = {0};
    memset(&one, UNTOUCHED, sizeof one);
    int32_t code =
        sla_evaluate(policy, o->metrics[m], o->events + o->offsets[i],
                     (size_t)(o->offsets[i + 1] - o->offsets[i]), sizeof(sla_event), b->now, &one,
                     sizeof one, &error);
    assert_code(o->codes[i], code);
    assert_memory_equal(&one, &o->results[i][m], sizeof one);
    if (code != SLA_OK && b->errors != NULL) {
      assert_number(o->errors[i].code, code);
      assert_number(o->errors[i].index, error.index);
    }
  }
}

static void a_bad_log_spoils_no_other(void **state) {
  static office o;
  uint64_t failed = 99;
  sla_batch b = open_office(&o);
  (void)state;
  assert_ok(sla_evaluate_batch(&b, sizeof b, &failed, NULL));
  assert_number((int64_t)failed, 2);
  assert_code(o.codes[1], SLA_E_ORDER);
  assert_code(o.codes[3], SLA_E_CREATION);
  for (int i = 0; i < TICKETS; i++) expect_single(&o, &b, i, o.policies[o.policy_of[i]]);
  close_office(&o);
}

static void a_batch_without_errors_or_choice_of_policy(void **state) {
  static office o;
  uint64_t failed = 99;
  sla_batch b = open_office(&o);
  (void)state;
  b.errors = NULL;
  b.policy_of = NULL;
  assert_ok(sla_evaluate_batch(&b, sizeof b, &failed, NULL));
  assert_number((int64_t)failed, 2);
  for (int i = 0; i < TICKETS; i++) expect_single(&o, &b, i, o.policies[0]);
  close_office(&o);
}

static void a_batch_of_nothing(void **state) {
  static office o;
  uint64_t failed = 99;
  sla_batch b = open_office(&o);
  (void)state;
  b.ticket_count = 0;
  assert_ok(sla_evaluate_batch(&b, sizeof b, &failed, NULL));
  assert_number((int64_t)failed, 0);
  close_office(&o);
}

int main(void) {
  static const struct CMUnitTest others[] = {
      cmocka_unit_test(due_at_the_last_instant),
      cmocka_unit_test(every_metric_with_a_target),
      cmocka_unit_test(policies_are_read_back),
      cmocka_unit_test(a_builder_from_a_policy_builds_the_same),
      cmocka_unit_test(order_of_urgency),
      cmocka_unit_test(roll_up),
      cmocka_unit_test(ties_keep_the_first),
      cmocka_unit_test(a_bad_log_spoils_no_other),
      cmocka_unit_test(a_batch_without_errors_or_choice_of_policy),
      cmocka_unit_test(a_batch_of_nothing),
  };
  static struct CMUnitTest tests[COUNT_OF(cases) + COUNT_OF(others)];
  for (size_t i = 0; i < COUNT_OF(cases); i++)
    tests[i] = (struct CMUnitTest){cases[i].name, one_case, NULL, NULL, (void *)&cases[i]};
  memcpy(tests + COUNT_OF(cases), others, sizeof others);
  return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
