"""A runtime that is to a block what the platform's is: its services, its keys, and a store of what authors wrote."""

from opaque_keys.edx.keys import UsageKey
from xblock.core import XBlock
from xblock.fields import ScopeIds
from xblock.runtime import DictKeyValueStore, KvsFieldData, MemoryIdManager, Runtime

#: The blocks that there are: usage key -> fields. Tests place them here.
MODULESTORE = {}


class ModuleStoreRuntime(Runtime):
    """For one user and one request. Services that can be called are called with the block, as there."""

    def __init__(self, services, author_mode=False):
        keys = MemoryIdManager()
        fields = KvsFieldData(DictKeyValueStore())
        super().__init__(keys, id_generator=keys, services={**services, "field-data": fields})
        if author_mode:
            self.is_author_mode = True

    def load(self, user_id, usage_key):
        """The block with this key, for this user. Raises KeyError when there is none."""
        fields = MODULESTORE[str(usage_key)]
        cls = XBlock.load_class(usage_key.block_type)
        keys = ScopeIds(user_id, usage_key.block_type, f"definition of {usage_key}", usage_key)
        block = self.construct_xblock_from_class(cls, keys)
        for name, value in fields.items():
            setattr(block, name, value)
        return block

    def get_block(self, usage_id, for_parent=None):
        return self.load(None, UsageKey.from_string(usage_id))

    def service(self, block, service_name):
        service = super().service(block, service_name)
        return service(block) if callable(service) else service

    def publish(self, block, event_type, event_data):
        service = self._services.get("publish")
        if service:
            service.publish(block, event_type, event_data)

    def handler_url(self, block, handler_name, suffix="", query="", thirdparty=False):
        raise NotImplementedError("the browser asks for it")

    def resource_url(self, resource):
        raise NotImplementedError("our files are the app's")

    def local_resource_url(self, block, uri):
        raise NotImplementedError("our files are the app's")
