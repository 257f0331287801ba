/*
** What the commands of the pure law share: reading their options, opening the
** law, and writing an answer as JSON or a refusal.
*/
#ifndef LAW_CALL_H
#define LAW_CALL_H

#include "command/law.h"

enum { ANSWER = 256 << 10 };

typedef struct BadWord BadWord;

/* One call of a command: what was asked, and the answer being written. */
typedef struct Call {
    Arena    *mem;
    Law       law;
    bool      json, english, list;
    Str       word[3];     /* what is neither an option nor its value */
    size_t    words;
    ClockAsk  ask;
    Pause     pause[CLOCK_PAUSES + 1];
    int       extension[CLOCK_EXTENSIONS + 1];
    IdentityAsk identity;
    bool      undated;     /* today was taken */
    const char *use;       /* wrong use: what is wrong with the command line */
    const char *use_about;
    const BadWord *bad;
    Str       bad_about;
    Out       out;
} Call;

typedef struct Flag {
    const char *name;
    void      (*take)(Call *, Str);
    bool        valued;
} Flag;

/* What an option's value is put into; a bad one is refused by call_open. */
void take_archive(Call *c, Str value);
void take_closing(Call *c, Str value);
void take_data(Call *c, Str value);
void take_extend(Call *c, Str value);
void take_filed(Call *c, Str value);
void take_json(Call *c, Str value);
void take_lang(Call *c, Str value);
void take_length(Call *c, Str value);
void take_list(Call *c, Str value);
void take_on(Call *c, Str value);
void take_pause(Call *c, Str value);
void take_region(Call *c, Str value);
void take_start(Call *c, Str value);

void call_take(Call *c, const Flag *flags, int argc, char **argv);
void call_wrong(Call *c, const char *use, const char *about); /* wrong use: exit code 2 */
/* Opens the law: 0 if the command may go on, else its exit code. */
int  call_open(Call *c);
int  call_refuse(Call *c, const char *word, Str reason); /* 1 */
int  call_finish(Call *c, int code); /* writes what was collected */

Str  call_pick(const Call *c, Text t); /* in the language asked for */
void call_begin(Call *c);
void call_end(Call *c);
void call_key(Call *c, const char *name);
void call_text(Call *c, const char *name, Str value);
void call_number(Call *c, const char *name, int64_t value);
void call_truth(Call *c, const char *name, bool value);
void call_date(Call *c, const char *name, Date value);
void call_instant(Call *c, const char *name, Time value);

#endif
