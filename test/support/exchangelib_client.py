"""Asks the demo Exchange as an independent client does: exchangelib, by POX Autodiscover, ResolveNames, ExpandDL and
FindPeople.

Arguments: port, CA file, address, user name. The password comes on stdin. Answers one JSON object.
Every name is looked up on this machine only, and leads to the port of the demo.
"""

import json
import socket
import sys

import requests.adapters
from exchangelib import DELEGATE, Account, Credentials
from exchangelib.autodiscover.discovery.base import BaseAutodiscovery
from exchangelib.properties import DistinguishedFolderId
from exchangelib.protocol import BaseProtocol
from exchangelib.restriction import Q, Restriction
from exchangelib.services import FindPeople

PORT, CA_FILE, ADDRESS, USER_NAME = int(sys.argv[1]), sys.argv[2], sys.argv[3], sys.argv[4]
PASSWORD = sys.stdin.read().strip()
DEMO_HOSTS = {"fjordline.example", "mail.fjordline.example", "autodiscover.fjordline.example"}
look_up = socket.getaddrinfo


def look_up_here(host, port, *args, **kwargs):
    if host in DEMO_HOSTS and port == 443:
        return look_up("127.0.0.1", PORT, *args, **kwargs)
    raise socket.gaierror(socket.EAI_NONAME, "no such host here")


socket.getaddrinfo = look_up_here


class DemoCaAdapter(requests.adapters.HTTPAdapter):
    """Trusts the demo's throw-away CA."""

    def cert_verify(self, conn, url, verify, cert):
        super().cert_verify(conn=conn, url=url, verify=CA_FILE, cert=cert)


BaseProtocol.HTTP_ADAPTER_CLS = DemoCaAdapter
# exchangelib asks DNS itself whether a host exists. No name server knows the demo, and none may be asked.
BaseAutodiscovery._ensure_valid_hostname = lambda self, url: None
BaseAutodiscovery._get_srv_records = lambda self, hostname: []

credentials = Credentials(username=USER_NAME, password=PASSWORD)
account = Account(
    primary_smtp_address=ADDRESS,
    credentials=credentials,
    autodiscover=True,
    access_type=DELEGATE,
)
resolved = account.protocol.resolve_names(["aino.makela"], return_full_contact_data=True)
many = account.protocol.resolve_names(["maja"])
members = account.protocol.expand_dl("dl.projectaurora@fjordline.example")
personas = FindPeople(account=account, page_size=50).call(
    folder=DistinguishedFolderId(id="directory"),
    additional_fields=None,
    restriction=None,
    order_fields=None,
    shape="Default",
    query_string=Restriction(Q("maja"), folders=[], applies_to=Restriction.ITEMS),
    depth="Shallow",
    max_items=None,
    offset=0,
)
print(
    json.dumps(
        {
            "endpoint": account.protocol.service_endpoint,
            "authType": account.protocol.auth_type,
            "version": str(account.protocol.version.build),
            "resolved": [
                {"name": mailbox.name, "address": mailbox.email_address, "department": contact.department}
                for mailbox, contact in resolved
            ],
            "many": len(many),
            "personas": sorted(persona.email_address.email_address for persona in personas),
            "members": sorted(member.email_address for member in members),
        }
    )
)
