/* The tables an office may change: what names a row, and from when it holds. */
#include "core/reference.h"
#include "core/web.h"

const DatedTable reference_tables[] = {
    { "calendar", "calendar/day_overrides.csv", "节假日安排", "holiday and make-up days",
      "date", "date", "", false, SIGNED_IN },
    { "holidays", "calendar/statutory_holidays.csv", "法定节假日", "statutory holidays",
      "date name", "date", "", false, SIGNED_IN },
    { "clocks", "clocks.csv", "期限规则", "periods", "code region", "effective_from", "effective_to", false, SIGNED_IN },
    { "params", "params.csv", "参数", "parameters", "key region", "from", "to", false, SIGNED_IN },
    { "figures", "figures.csv", "计算标准", "what the calculators rest on", "key region", "from", "to", false, ANYBODY },
    { "causes", "causes.csv", "案由", "causes", "code", "from", "to", false, ANYBODY },
    { "routes", "routes.csv", "不予受理的去处", "where refused matters go", "code", "from", "to", false, ANYBODY },
    { "regions", "regions.csv", "行政区划", "divisions", "code", "valid_from", "valid_to", false, ANYBODY },
    { "industries", "industries.csv", "行业分类", "industries",
      "code", "effective_from", "effective_to", false, ANYBODY },
    { "limitation", "limitation.csv", "时效事由", "what restarts limitation", "code", "", "", false, SIGNED_IN },
    { "retention", "retention.csv", "保管期限", "how long files are kept",
      "code", "effective_from", "effective_to", false, SIGNED_IN },
    { "identity", "identity.csv", "证件规则", "identity numbers", "kind code", "", "", false, SIGNED_IN },
    { "emergency", "emergency.csv", "应急步骤", "emergency steps", "step", "from", "to", false, SIGNED_IN },
    { "member_units", "member_units.csv", "联席会议成员单位", "member units of the joint meeting",
      "code region", "from", "to", false, SIGNED_IN },
    { "laws", "laws/laws.csv", "法律法规目录", "the laws of the library",
      "law_id", "effective_date", "effective_to", false, ANYBODY },
    { "articles", "laws/articles.csv", "法律法规条文", "the articles of the library",
      "law_id article_no", "from", "to", false, ANYBODY },
    { "law_notices", "laws/notices.csv", "条文提示", "what must be known about a passage",
      "law_id article_no", "from", "to", false, ANYBODY },
    { "law_words", "laws/words.csv", "检索用语", "what people say, and what the texts say instead",
      "word", "", "", true, ANYBODY },
    { "typical_cases", "cases/typical_cases.csv", "典型案例", "the typical cases of the library",
      "id", "", "", true, ANYBODY },
    { "six_items", "six_items.csv", "六有核查细目", "what the check of the six haves looks for",
      "item kinds", "from", "to", false, SIGNED_IN },
    { "keywords", "keywords.csv", "统计关键词", "keywords of the statistics", "no", "from", "to", false, SIGNED_IN },
    { "coverage", "coverage.csv", "组织覆盖目标", "coverage targets", "code", "from", "to", false, SIGNED_IN },
    { "assessment", "assessment.csv", "考核方案", "schemes of assessment",
      "scheme code", "from", "to", false, SIGNED_IN },
    { "papers", "papers.csv", "文书", "papers", "no", "", "", true, SIGNED_IN },
};
const size_t reference_tables_n = COUNT(reference_tables);

const DatedTable *reference_table(Str word)
{
    for (size_t i = 0; i < reference_tables_n; i++) {
        if (str_eq(str_of(reference_tables[i].word), word)) return &reference_tables[i];
    }
    return NULL;
}
