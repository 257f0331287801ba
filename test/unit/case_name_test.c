/* The two sides out of the name of a case, as offices really write them. */
#include "law/case_name.h"
#include "test.h"
#include "unit/law_data.h"
#include "unit/suites.h"

static const struct { const char *text, *applicant, *respondent, *matter, *doubt; } shapes[] = {
    /* Clear. */
    { "张三与某公司劳动争议", "张三", "某公司", "劳动争议", "" },
    { "张三诉某公司工资纠纷", "张三", "某公司", "工资纠纷", "" },
    { "韦大力诉柳州市鑫旺机械有限公司追索劳动报酬纠纷案", "韦大力", "柳州市鑫旺机械有限公司", "追索劳动报酬纠纷案", "" },
    { "覃海燕与柳江区新兴木业厂工伤赔偿争议", "覃海燕", "柳江区新兴木业厂", "工伤赔偿争议", "" },
    { "关于黄志明与柳州市同心物流有限公司加班费争议的调解", "黄志明", "柳州市同心物流有限公司", "加班费争议的调解", "" },
    { "申请人莫建军与被申请人拉堡镇好再来餐饮店劳动争议案", "莫建军", "拉堡镇好再来餐饮店", "劳动争议案", "" },
    { "申请人：蓝月娥 被申请人：柳州甲公司", "蓝月娥", "柳州甲公司", "", "" },
    { "原告罗文武诉被告柳州甲有限责任公司", "罗文武", "柳州甲有限责任公司", "", "" },
    { "韦一等12人与柳州市鑫旺机械有限公司拖欠工资纠纷", "韦一等12人", "柳州市鑫旺机械有限公司", "拖欠工资纠纷", "" },
    { "韦一、覃二、黄三与柳江区新兴木业厂工资争议", "韦一、覃二、黄三", "柳江区新兴木业厂", "工资争议", "" },
    { "张三VS某公司", "张三", "某公司", "", "" },
    { "张三vs某厂 工资", "张三", "某厂", "工资", "" },
    { "张三与广西劳务派遣有限公司劳动合同纠纷", "张三", "广西劳务派遣有限公司", "劳动合同纠纷", "" },
    { "李四与中国人民保险公司柳州分公司经济补偿纠纷", "李四", "中国人民保险公司柳州分公司", "经济补偿纠纷", "" },
    { "李四与中国人民保险公司", "李四", "中国人民保险公司", "", "" },
    { "王五与某公司（劳务派遣）未签劳动合同双倍工资", "王五", "某公司（劳务派遣）", "未签劳动合同双倍工资", "" },
    { "买买提·吐尔逊与某某建筑工程有限公司欠薪", "买买提·吐尔逊", "某某建筑工程有限公司", "欠薪", "" },
    { "张和平与某公司劳动争议", "张和平", "某公司", "劳动争议", "" },
    { "王与平与某厂工资纠纷", "王与平", "某厂", "工资纠纷", "" },
    { "张三与某公司解除劳动合同与经济补偿纠纷", "张三", "某公司", "解除劳动合同与经济补偿纠纷", "" },
    { "1、张三与某公司劳动争议", "张三", "某公司", "劳动争议", "" },
    { "〔2021〕5号 张三与某公司劳动争议", "张三", "某公司", "劳动争议", "" },
    { "职工张三投诉某公司拖欠工资", "张三", "某公司", "拖欠工资", "" },
    { "张三要求某公司支付工资", "张三", "某公司", "支付工资", "" },
    { "某公司诉张三竞业限制纠纷", "某公司", "张三", "竞业限制纠纷", "" },
    { "被申请人某公司与申请人张三劳动争议", "张三", "某公司", "劳动争议", "" },
    { "张某某与柳州市**机械有限公司工资", "张某某", "柳州市**机械有限公司", "工资", "" },
    { "张三/某公司", "张三", "某公司", "", "" },
    { "张三——某公司", "张三", "某公司", "", "" },
    { "𬀩龘与某公司劳动争议", "𬀩龘", "某公司", "劳动争议", "" },
    { "张三诉某公司、某劳务有限公司确认劳动关系", "张三", "某公司、某劳务有限公司", "确认劳动关系", "" },
    /* Clear enough, but to be looked at. */
    { "某公司与张三劳动争议", "某公司", "张三", "劳动争议", "单位写在前面" },
    { "张三与李四劳务纠纷", "张三", "李四", "劳务纠纷", "都像是个人" },
    { "张三和某公司工资纠纷", "张三", "某公司", "工资纠纷", "按“和”" },
    { "张三向某公司追讨工资", "张三", "某公司", "追讨工资", "按“和”" },
    /* Not clear: never guessed. */
    { "张三诉李四与某公司工资纠纷", "", "", "", "不止一处" },
    { "柳州人与自然公司与张三劳动争议", "", "", "", "不止一处" },
    { "甲公司与乙公司劳务派遣合同纠纷", "", "", "", "都像是单位" },
    { "劳动争议", "", "", "", "没有" },
    { "张三工资纠纷", "", "", "", "没有" },
    { "2021年3月张三与某公司工资", "", "", "", "认不出" },
    { "张与某公司工资纠纷", "", "", "", "没有" },
    { "张三与", "", "", "", "没有" },
    { "张三与上述单位的负责人及其家属工资", "", "", "", "认不出" },
    { "张三-李四-某公司", "", "", "", "不止一处" },
    { "申请人某公司与申请人张三劳动争议", "", "", "", "不一致" },
    { "", "", "", "", "没有" },
};

/* Names of columns and of organisations are one name in any of their characters. */
static void check_plain(LawData *d)
{
    static const struct { const char *text, *plain; bool bare; } rows[] = {
        { "髙盛勞務（柳州）有限公司", "高盛劳务柳州有限公司", false },
        { "髙盛勞務（柳州）有限公司", "高盛劳务有限公司", true },
        { "申請人 Name", "申请人NAME", false },
        { "峯𬀩廠", "峰𬀩厂", false },
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        Arena mem = d->mem;
        Str plain = ledger_name_plain(&d->law.hanzi, &mem, str_of(rows[i].text), rows[i].bare);
        check_str(plain, str_of(rows[i].plain), rows[i].text);
    }
}

void test_case_name(void)
{
    LawData d;
    if (!law_data_open(&d)) return;
    for (size_t i = 0; i < COUNT(shapes); i++) {
        CaseName n;
        case_name_read(&d.law.names, str_of(shapes[i].text), &n);
        check(n.split == (shapes[i].applicant[0] != 0), shapes[i].text);
        check_str(n.applicant, str_of(shapes[i].applicant), shapes[i].text);
        check_str(n.respondent, str_of(shapes[i].respondent), shapes[i].text);
        check_str(n.matter, str_of(shapes[i].matter), shapes[i].text);
        const Phrase *told = case_name_doubt(str_of(n.doubt));
        Str doubt = str_of(told ? told->zh : NULL), part = str_of(shapes[i].doubt);
        check(part.n ? str_has(doubt, part) : doubt.n == 0, shapes[i].text);
    }
    check_plain(&d);
    law_data_close(&d);
    static const struct { const char *cell; int people; } cells[] = {
        { "张三", 1 }, { "张三、李四", 2 }, { "张三，李四,王五", 3 }, { "张三等12人", 12 }, { "张三等", 1 },
        { "张三、李四等12人", 12 }, { "某某有限公司", 0 }, { "", 0 }, { "张三（已离职）", 1 },
        { "阿依古丽·买买提", 1 }, { "张三等2人", 2 }, { "张三 李四", 0 },
    };
    for (size_t i = 0; i < COUNT(cells); i++) {
        check_int(names_in(str_of(cells[i].cell)), cells[i].people, cells[i].cell);
    }
}
