/*
** The fonts of this process.  The subsets are renamed while they are scanned:
** under their own family name fontconfig would prefer the full font, which is
** twenty times as large and only needed for rare characters.
*/
#include "paper/pdf.h"

#include <fontconfig/fontconfig.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { CONF = 8192, PATH = 1024 };

static const struct Face {
    const char *file, *family;
} faces[] = {
    { "song.otf", "Tiaojie Song" }, { "song-bold.otf", "Tiaojie Song" }, { "hei.otf", "Tiaojie Hei" },
};

static void put_xml(Out *o, Str text)
{
    for (size_t i = 0; i < text.n; i++) {
        if (text.s[i] == '&') out_str(o, S("&amp;"));
        else if (text.s[i] == '<') out_str(o, S("&lt;"));
        else out_str(o, (Str){ text.s + i, 1 });
    }
}

static void put_folder(Out *o, const char *folder)
{
    if (!folder) return;
    out_str(o, S("<dir>"));
    put_xml(o, str_of(folder));
    out_str(o, S("</dir>"));
}

static void put_face(Out *o, const char *folder, const struct Face *f)
{
    out_str(o, S("<match target=\"scan\"><test name=\"file\" compare=\"eq\"><string>"));
    put_xml(o, str_of(folder));
    out_str(o, S("/"));
    out_str(o, str_of(f->file));
    out_str(o, S("</string></test><edit name=\"family\" mode=\"assign\" binding=\"same\"><string>"));
    out_str(o, str_of(f->family));
    out_str(o, S("</string></edit></match>"));
}

static bool there(const char *folder)
{
    char path[PATH];
    for (size_t i = 0; i < COUNT(faces); i++) {
        int n = snprintf(path, PATH, "%s/%s", folder, faces[i].file);
        if (n >= PATH || access(path, R_OK) != 0) return false;
    }
    return true;
}

bool fonts_open(const Fonts *fonts)
{
    char conf[CONF] = { 0 }, folder[PATH_MAX];
    Out o = { .buf = conf, .cap = CONF - 1 };
    bool good = fonts->folder && realpath(fonts->folder, folder) && there(folder);
    out_str(&o, S("<?xml version=\"1.0\"?><fontconfig>"));
    put_folder(&o, good ? folder : NULL);
    put_folder(&o, fonts->own);
    out_str(&o, S("<dir>/usr/share/fonts</dir><dir>/usr/local/share/fonts</dir>"
                  "<cachedir>/var/cache/fontconfig</cachedir><cachedir prefix=\"xdg\">fontconfig</cachedir>"));
    for (size_t i = 0; i < COUNT(faces) && good; i++) put_face(&o, folder, &faces[i]);
    out_str(&o, S("</fontconfig>"));
    FcConfig *config = FcConfigCreate();
    BUG_IF(!config);
    bool read = !o.full && FcConfigParseAndLoadFromMemory(config, (const FcChar8 *)conf, FcTrue);
    if (read && FcConfigBuildFonts(config)) (void)FcConfigSetCurrent(config);
    FcConfigDestroy(config);
    return good && read;
}
