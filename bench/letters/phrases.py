"""How letters word what they grant. The held-out wordings are none of those that a model is trained on."""

TRAINING = {
    "zh": (
        "兹授权{LICENSEE}在{PLATFORM}销售我公司{MARK}品牌产品，授权期限{PERIOD}，授权区域：{TERRITORY}。\n授权人：{LICENSOR}",
        "{LICENSOR}（以下简称“授权方”）系第{NUMBER}号{MARK}商标的所有人，现授权{LICENSEE}在{TERRITORY}范围内使用该商标，有效期{PERIOD}。",
        "授权方：{LICENSOR}\n被授权方：{LICENSEE}\n品牌：{MARK}\n商标号：{NUMBER}\n平台：{PLATFORM}\n期限：{PERIOD}",
        "我司{LICENSOR}同意{LICENSEE}作为{MARK}品牌的经销商，在{PLATFORM}开设店铺。本授权{PERIOD}有效。",
        "本公司{LICENSOR}是{MARK}（注册号{NUMBER}）的商标权人，特授权{LICENSEE}于{TERRITORY}销售。授权时间：{PERIOD}。",
        "商标使用授权书\n许可人：{LICENSOR}\n被许可人：{LICENSEE}\n许可商标：{MARK}\n注册号：{NUMBER}\n许可地域：{TERRITORY}\n许可期限：{PERIOD}",
        "{LICENSEE}为{LICENSOR}旗下{MARK}品牌授权经销商，可在{PLATFORM}经营。授权有效期{PERIOD}。",
        "由{LICENSOR}授权{LICENSEE}独家代理{MARK}商标产品，代理区域为{TERRITORY}，代理期{PERIOD}。",
    ),
    "en": (
        "We, {LICENSOR}, hereby authorize {LICENSEE} to sell {MARK} products on {PLATFORM}. This letter is valid "
        "{PERIOD}.",
        "{LICENSOR} is the owner of the trademark {MARK}, Registration No. {NUMBER}, and grants {LICENSEE} the right "
        "to use it in {TERRITORY} {PERIOD}.",
        "Licensor: {LICENSOR}\nLicensee: {LICENSEE}\nTrademark: {MARK}\nReg. No.: {NUMBER}\nTerritory: "
        "{TERRITORY}\nTerm: {PERIOD}",
        "This is to certify that {LICENSEE} is an authorized distributor of {MARK} brand goods of {LICENSOR} on "
        "{PLATFORM}. Validity: {PERIOD}.",
        "To whom it may concern\nWe hereby confirm that {LICENSEE} may sell our {MARK} goods within {TERRITORY}.\nFor "
        "and on behalf of {LICENSOR}",
        "Brand Owner: {LICENSOR}\nAuthorized Reseller: {LICENSEE}\nBrand: {MARK}\nPlatforms: {PLATFORM}\nValidity "
        "Period: {PERIOD}",
        "{LICENSOR} appoints {LICENSEE} as its sole dealer of {MARK} in {TERRITORY}, {PERIOD}.",
        "The undersigned {LICENSOR} authorizes {LICENSEE} to use the mark {MARK} (No. {NUMBER}) on {PLATFORM}, "
        "{PERIOD}.",
    ),
}
"""Wordings to train on, by language."""

HELD_OUT = {
    "zh": (
        "品牌授权书\n致：全球速卖通\n{LICENSOR}作为{MARK}商标（商标注册证号：{NUMBER}）的合法持有人，在此授权{LICENSEE}于{PLATFORM}开设品牌专卖店，"
        "并在{TERRITORY}范围内推广上述品牌。本授权书有效期限为{PERIOD}。\n授权单位（盖章）：{LICENSOR}",
        "授 权 "
        "书\n授权单位：{LICENSOR}\n被授权单位：{LICENSEE}\n授权品牌：{MARK}\n商标注册号：{NUMBER}\n授权区域：{TERRITORY}\n授权渠道：{PLATFORM}\n授权有效期：{PERIOD}",
        "兹证明{LICENSEE}系{LICENSOR}在{TERRITORY}指定的{MARK}系列产品授权经销商，允许其在{PLATFORM}进行网络销售。授权期：{PERIOD}。未经我司书面许可，不得转授权。",
        "甲方（授权方）：{LICENSOR}\n乙方（被授权方）：{LICENSEE}\n甲方将其拥有的第{NUMBER}号注册商标{MARK}许可给乙方在{TERRITORY}使用，使用期限{PERIOD}。",
        "我单位{LICENSOR}郑重声明：{MARK}品牌由我单位所有，现授予{LICENSEE}在{PLATFORM}平台的销售权，期限：{PERIOD}。",
        "商标授权使用书\n商标权利人：{LICENSOR}，地址：某市某路1号\n受权人：{LICENSEE}，地址：某市某路2号\n一、授权使用的商标：{MARK}，注册号为{NUMBER}。\n二、授权地域：{TERRITORY}。\n三、授权期限：{PERIOD}。",
    ),
    "en": (
        "Letter of Authorization\nDear Sir or Madam,\nThis letter serves to confirm that {LICENSOR}, having its "
        "registered office at 1 Test Street, as proprietor of the "
        "registered trademark {MARK} (Reg. No. {NUMBER}), authorizes {LICENSEE} to market its goods through "
        "{PLATFORM} within {TERRITORY}. "
        "The authorization shall remain in force {PERIOD}.",
        "Authorizing Party: {LICENSOR}\nAuthorized Party: {LICENSEE}\nAuthorized Brand: {MARK}\nTrademark No.: "
        "{NUMBER}\nRegion: {TERRITORY}\n"
        "Sales Channel: {PLATFORM}\nAuthorization Period: {PERIOD}",
        "Subject: Authorization for online sales\nWe {LICENSOR} being manufacturer of {MARK} products do hereby "
        "nominate {LICENSEE}, 2 Test Road, as our official "
        "reseller on {PLATFORM}. The authorization is effective {PERIOD}.\nYours faithfully\nFor {LICENSOR}",
        "This authorization is made between {LICENSOR} (“Grantor”) and {LICENSEE} (“Grantee”). Grantor permits "
        "Grantee to use the brand {MARK} throughout "
        "{TERRITORY} {PERIOD}. Grantee shall not sublicense.",
        "Certificate of Authorized Distributor\n{LICENSEE} has been appointed by {LICENSOR} to distribute {MARK} "
        "branded goods in {TERRITORY}, {PERIOD}.",
        "Party A (Trademark Owner): {LICENSOR}\nParty B (Licensee): {LICENSEE}\nLicensed Mark: {MARK}\nRegistration "
        "Number: {NUMBER}\nMarketplaces: {PLATFORM}\n"
        "Validity: {PERIOD}",
    ),
}
"""Wordings to score on, by language."""
