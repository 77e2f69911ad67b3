"""Code lists of Facturae 3.2.2, and what their codes are in EN 16931.

Source: the simple types of Facturaev3_2_2.xml; tests compare them with the schema.
"""

_COUNTRIES = """
ADAND AEARE AFAFG AGATG AIAIA ALALB AMARM AOAGO ARARG ASASM ATAUT AUAUS AWABW AZAZE BABIH BBBRB
BDBGD BEBEL BFBFA BGBGR BHBHR BIBDI BJBEN BMBMU BNBRN BOBOL BRBRA BSBHS BTBTN BWBWA BYBLR BZBLZ
CACAN CDCOD CFCAF CGCOG CHCHE CICIV CKCOK CLCHL CMCMR CNCHN COCOL CRCRI CUCUB CVCPV CYCYP CZCZE
DEDEU DJDJI DKDNK DMDMA DODOM DZDZA ECECU EEEST EGEGY EHESH ERERI ESESP ETETH FIFIN FJFJI FKFLK
FMFSM FOFRO FRFRA GAGAB GBGBR GDGRD GEGEO GFGUF GGGGY GHGHA GIGIB GLGRL GMGMB GNGIN GPGLP GQGNQ
GRGRC GTGTM GUGUM GWGNB GYGUY HKHKG HNHND HRHRV HTHTI HUHUN IDIDN IEIRL ILISR IMIMN ININD IQIRQ
IRIRN ISISL ITITA JEJEY JMJAM JOJOR JPJPN KEKEN KGKGZ KHKHM KIKIR KMCOM KNKNA KPPRK KRKOR KWKWT
KYCYM KZKAZ LALAO LBLBN LCLCA LILIE LKLKA LRLBR LSLSO LTLTU LULUX LVLVA LYLBY MAMAR MCMCO MDMDA
MEMNE MGMDG MHMHL MKMKD MLMLI MMMMR MNMNG MOMAC MPMNP MQMTQ MRMRT MSMSR MTMLT MUMUS MVMDV MWMWI
MXMEX MYMYS MZMOZ NANAM NCNCL NENER NFNFK NGNGA NINIC NLNLD NONOR NPNPL NRNRU NUNIU NZNZL OMOMN
PAPAN PEPER PFPYF PGPNG PHPHL PKPAK PLPOL PMSPM PNPCN PRPRI PSPSE PTPRT PWPLW PYPRY QAQAT REREU
ROROU RSSRB RURUS RWRWA SASAU SBSLB SCSYC SDSDN SESWE SGSGP SHSHN SISVN SJSJM SKSVK SLSLE SMSMR
SNSEN SOSOM SRSUR STSTP SVSLV SYSYR SZSWZ TCTCA TDTCD TGTGO THTHA TJTJK TKTKL TLTLS TMTKM TNTUN
TOTON TRTUR TTTTO TVTUV TWTWN TZTZA UAUKR UGUGA USUSA UYURY UZUZB VAVAT VCVCT VEVEN VGVGB VIVIR
VNVNM VUVUT WFWLF WSWSM YEYEM YTMYT ZAZAF ZMZMB ZWZWE
"""
COUNTRIES = {entry[:2]: entry[2:] for entry in _COUNTRIES.split()}
"""ISO 3166-1: alpha-2 to alpha-3, those that the schema has."""
COUNTRIES_BACK = {long: short for short, long in COUNTRIES.items()}

_CURRENCIES = """
AFN ALL AMD ANG AOA ARS AUD AWG AZN BAD BBD BDT BGN BHD BIF BMD BND BOB BRL BRR BSD BWP BYR BZD
CAD CDF CDP CHF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DRP DZD EEK EGP ESP ETB EUR FJD FKP GBP
GEK GHC GIP GMD GNF GTQ GWP GYD HKD HNL HRK HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS
KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LTL LVL LYD MAD MDL MGF MNC MNT MOP MRO MUR MVR
MWK MXN MYR MZM NGN NIC NIO NIS NOK NPR NZD OMR PAB PEI PEN PES PGK PHP PKR PLN PYG QAR RMB RON
RUB RWF SAR SBD SCR SDP SEK SGD SHP SKK SLL SOL SOS SRD STD SVC SYP SZL THB TJS TMM TND TOP TPE
TRY TTD TWD TZS UAH UGS USD UYP UYU VEF VND VUV WST XAF XCD XOF YER ZAR ZMK ZWD
"""
CURRENCIES = frozenset(_CURRENCIES.split())

UNION = frozenset(
    (
        *("AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "FI", "FR", "GR", "HR", "HU", "IE"),
        *("IT", "LT", "LU", "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK"),
    )
)
"""Of the European Union, without Spain (ResidenceTypeCode U)."""

LANGUAGES = frozenset(
    (
        *("ar", "be", "bg", "ca", "cs", "da", "de", "el", "en", "es", "et", "eu", "fi", "fr"),
        *("ga", "gl", "hr", "hu", "is", "it", "lt", "lv", "mk", "mt", "nl", "no", "pl", "pt"),
        *("ro", "ru", "sk", "sl", "sq", "sr", "sv", "tr", "uk"),
    )
)

UNITS = {
    "C62": "01",
    "HUR": "02",
    "KGM": "03",
    "LTR": "04",
    "XBX": "06",
    "XDS": "07",
    "XBA": "08",
    "XJY": "09",
    "XBG": "10",
    "XCO": "11",
    "XBO": "12",
    "XCI": "13",
    "CLT": "15",
    "CMT": "16",
    "XBI": "17",
    "DZN": "18",
    "XCS": "19",
    "XDJ": "20",
    "GRM": "21",
    "KMT": "22",
    "XCA": "23",
    "XBH": "24",
    "MTR": "25",
    "MMT": "26",
    "XPK": "28",
    "PTN": "29",
    "XRO": "30",
    "XEN": "31",
    "XTB": "32",
    "MTQ": "33",
    "SEC": "34",
    "WTT": "35",
    "KWH": "36",
}
"""UN/ECE Recommendations 20 and 21 to UnitOfMeasureType, which names them; 14 (Tetra Brik) and 27
(six-pack) have none."""
OTHER_UNIT = "05"
UNITS_BACK = {theirs: ours for ours, theirs in UNITS.items()} | {"14": "XTB", "27": "XPK"}

MEANS = {
    "10": "01",
    "49": "02",
    "59": "02",
    "70": "05",
    "24": "05",
    "30": "04",
    "31": "04",
    "42": "04",
    "58": "04",
    "20": "11",
    "23": "17",
    "21": "17",
    "44": "05",
    "60": "09",
    "97": "14",
    "50": "15",
    "25": "16",
    "26": "16",
    "48": "19",
    "54": "19",
    "55": "19",
    "1": "13",
}
"""UNTDID 4461 to PaymentMeansType; the others are `13`, special ones."""
OTHER_MEANS = "13"
MEANS_BACK = {
    "01": "10",
    "02": "49",
    "03": "1",
    "04": "30",
    "05": "24",
    "06": "1",
    "07": "1",
    "08": "24",
    "09": "60",
    "10": "60",
    "11": "20",
    "12": "1",
    "13": "1",
    "14": "97",
    "15": "50",
    "16": "25",
    "17": "23",
    "18": "10",
    "19": "48",
}

REASONS = {
    "01": "Número de la factura",
    "02": "Serie de la factura",
    "03": "Fecha expedición",
    "04": "Nombre y apellidos/Razón Social-Emisor",
    "05": "Nombre y apellidos/Razón Social-Receptor",
    "06": "Identificación fiscal Emisor/obligado",
    "07": "Identificación fiscal Receptor",
    "08": "Domicilio Emisor/Obligado",
    "09": "Domicilio Receptor",
    "10": "Detalle Operación",
    "11": "Porcentaje impositivo a aplicar",
    "12": "Cuota tributaria a aplicar",
    "13": "Fecha/Periodo a aplicar",
    "14": "Clase de factura",
    "15": "Literales legales",
    "16": "Base imponible",
    "80": "Cálculo de cuotas repercutidas",
    "81": "Cálculo de cuotas retenidas",
    "82": "Base imponible modificada por devolución de envases / embalajes",
    "83": "Base imponible modificada por descuentos y bonificaciones",
    "84": "Base imponible modificada por resolución firme, judicial o administrativa",
    "85": (
        "Base imponible modificada cuotas repercutidas no satisfechas."
        " Auto de declaración de concurso"
    ),
}
"""ReasonCode, and the ReasonDescription that goes with it."""

METHODS = {
    "01": "Rectificación íntegra",
    "02": "Rectificación por diferencias",
    "03": "Rectificación por descuento por volumen de operaciones durante un periodo",
    "04": "Autorizadas por la Agencia Tributaria",
}
"""CorrectionMethod, and the CorrectionMethodDescription that goes with it."""

ATTACHMENTS = {
    "application/pdf": "pdf",
    "application/xml": "xml",
    "text/xml": "xml",
    "text/html": "html",
    "image/gif": "gif",
    "image/jpeg": "jpg",
    "image/bmp": "bmp",
    "image/tiff": "tiff",
    "application/rtf": "rtf",
    "application/msword": "doc",
    "application/vnd.ms-excel": "xls",
}
"""MIME types to AttachmentFormatType."""
ATTACHMENTS_BACK = {theirs: ours for ours, theirs in reversed(ATTACHMENTS.items())}
