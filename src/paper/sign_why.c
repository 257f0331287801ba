#include "paper/sign_why.h"

static const struct { const char *en, *zh; } reasons[] = {
    { "cannot be reached", "印章平台连接不上，系统会继续重试" },
    { "did not answer in time", "印章平台没有及时应答，系统会继续重试" },
    { "its name is not known", "印章平台的地址无法解析，请联系系统管理员" },
    { "its certificate is not believed", "印章平台的服务器证书不可信，请联系系统管理员" },
    { "answers too much", "印章平台的应答过长，请联系系统管理员" },
    { "gives no answer that can be read", "印章平台的应答无法读取，请联系系统管理员" },
    { "is no address", "印章平台的地址不正确，请联系系统管理员" },
    { "broke off", "与印章平台的连接中断，系统会继续重试" },
    { "the platform has not decided yet", "印章平台尚未审批" },
    { "the platform is busy", "印章平台繁忙，系统会继续重试" },
    { "the platform refused without a reason", "印章平台不予用印，没有说明理由" },
    { "the platform gave no signature", "印章平台没有返回签名" },
    { "the platform's signature does not fit the paper", "印章平台返回的签名与文书不符，未采用" },
    { "the printed file is not there", "待用印的文件找不到，请联系系统管理员" },
    { "cannot be read", "待用印的文件无法读取，请联系系统管理员" },
    { "was not signed", "本地证书签名失败，请联系系统管理员" },
    { "the signature is too long", "签名超出预留长度，请联系系统管理员" },
    { "its certificate is not valid now", "签名证书已经过期或者尚未生效，请联系系统管理员" },
    { "the case is archived", "案件已经归档" },
    { "what it was to replace has ended meanwhile", "拟替换的文书此间已经失效" },
    { "the case has changed meanwhile", "案件此间有变动" },
    { "the case was reopened meanwhile", "案件此间已经恢复办理" },
    { "the case is not archived", "案件没有归档" },
    { "the file was destroyed", "案卷已经销毁" },
    { "its parts cannot be put together", "卷内材料无法汇集" },
    { "it cannot be bound", "卷内材料无法装订" },
    { "its PDF is not made yet", "卷宗 PDF 尚未制成" },
    { "it cannot be stored", "文件无法保存" },
};

Str signer_why_zh(Str why)
{
    for (size_t i = 0; i < COUNT(reasons); i++) {
        if (str_eq(why, str_of(reasons[i].en))) return str_of(reasons[i].zh);
    }
    return why;
}
