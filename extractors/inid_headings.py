"""What fields are called: their INID codes (WIPO Standard ST.60) and the labels of several languages.

English, French, German, Spanish, Portuguese, Italian, Vietnamese; without accents and punctuation, which do not count.
"""

from extractors.blocks import Heading


def _heading(name: str, codes: str, words: str) -> Heading:
    return Heading(name, tuple(codes.split()), tuple(" ".join(word.split()) for word in words.split("|")))


HEADINGS = (
    _heading(
        "registration_number",
        "111 116",
        """
        number of the registration | registration number | registration no | trade mark number | trademark
        number | trade mark no | numero d'enregistrement | numero de l'enregistrement | no d'enregistrement
        | registernummer | nummer der registrierung | numero de registro | no de registro | n de registro |
        n registro | registro no | marca no | numero di registrazione | number of registration |
        international registration number
        | so | giay chung nhan dang ky nhan hieu so
        """,
    ),
    _heading(
        "application_number",
        "210",
        """
        application number | application no | number of the application | numero de la demande | numero de
        depot | aktenzeichen | numero de solicitud | solicitud no | expediente | numero do pedido | numero
        di domanda | filing number
        | so don
        """,
    ),
    _heading(
        "registration_date",
        "151",
        """
        date of the registration | date of registration | registration date | registered on | date of entry
        in register | date of entry in the register | date d'enregistrement | date de l'enregistrement | tag
        der eintragung | datum der eintragung | eintragungsdatum | fecha de registro | fecha de concesion |
        fecha concesion | data de registro | data do registro | data di registrazione
        | ngay cap | cap ngay
        """,
    ),
    _heading(
        "filing_date",
        "220",
        """
        date of filing of the application | date of filing | filing date | application date | date de depot
        | date du depot | anmeldetag | fecha de presentacion | fecha de solicitud | fecha presentacion |
        fecha solicitud | data de deposito | data de presentazione | data di deposito
        | ngay nop don
        """,
    ),
    _heading(
        "valid_to",
        "180 181 186",
        """
        expected expiration date of the registration/renewal | expected expiration date of the registration
        | expected expiration date | expiration date | expiry date | date of expiry | date of expiration |
        renewal date | date next payment due | date of next renewal | valid until | date d'expiration | date
        d'echeance | schutzende | schutz bis | gultig bis | fecha de vencimiento | fecha de expiracion |
        fecha de caducidad | data de vigencia | data de validade | data di scadenza
        """,
    ),
    _heading(
        "owner",
        "730 731 732 733",
        """
        name and address of the holder of the registration | name and address of the holder | name and
        address of the owner | name and address of the proprietor | name and address of owner | owner |
        owner name | owner's name | holder | holder of the registration | proprietor | registered proprietor
        | registrant | name and address of the applicant or the holder | nom et adresse du titulaire de
        l'enregistrement | nom et adresse du titulaire | titulaire | inhaber | markeninhaber | name und
        anschrift des inhabers | titular | nombre y direccion del titular | datos del titular | titolare
        | ten, dia chi chu giay chung nhan | chu giay chung nhan | chu so huu nhan hieu
        """,
    ),
    _heading(
        "owner_address",
        "",
        """
        address | owner's address | owner address | direccion | domicilio | adresse | anschrift | endereco |
        indirizzo
        """,
    ),
    _heading(
        "goods",
        "510 511",
        """
        international classification of goods and services for the purposes of the registration of marks
        nice classification and the list of goods and services classified according thereto | international
        classification of goods and services | list of goods and services | goods and services | goods &
        services | goods and/or services | produits et services | produits ou services | waren und
        dienstleistungen | verzeichnis der waren und dienstleistungen | productos y servicios | productos o
        servicios | productos | servicios | produtos e servicos | prodotti e servizi | class numbers and
        list of goods and services
        | danh muc hang hoa/dich vu | danh muc san pham/dich vu mang nhan hieu
        """,
    ),
    _heading(
        "nice_classes",
        "",
        """
        class | classes | class(es) | nice class | nice classes | classe(s) | klasse(n) | klassen | clase |
        clases | classe | classi | leitklasse | nizza klassen
        """,
    ),
    _heading(
        "mark_text",
        "540 541 546",
        """
        mark in standard characters | mark | trademark | trade mark | mark text | reproduction of the mark |
        mark verbal element | verbal element | verbal elements | marque | reproduction de la marque | marke
        | wortmarke | wiedergabe der marke | marca | denominacion | denominacion de la marca | distintivo |
        marchio
        """,
    ),
    _heading(
        "designations",
        "831 832 834",
        """
        designation(s) under the madrid protocol by virtue of article 9sexies | designation(s) under the
        madrid protocol | designations under the madrid protocol | designation(s) under the madrid agreement
        | designations | designated contracting parties | designations under the protocol | parties
        contractantes designees
        """,
    ),
    _heading(
        "representative",
        "740 750",
        """
        name and address of the representative | representative | agent | mandataire | vertreter |
        representante | agente | mandatario | address for service
        """,
    ),
    _heading(
        "other",
        "",
        """
        status | priority | priority claimed | seniority | publication date | date of publication | date of
        publication of the application | date of publication of the registration | type of mark | mark type
        | mark kind | kind of mark | colours claimed | colors claimed | colour | vienna classes | vienna
        classification | description | disclaimer | basic registration | basic application | language |
        languages | intention to use | legal nature of the holder legal entity and place of organization |
        tipo de marca | modalidad | entitlement to file | nationality | country | trade mark journal |
        journal | dates | names and addresses | overview | register
        """,
    ),
)
"""Every field, and labels of further ones that only end the value before them (`other`)."""
